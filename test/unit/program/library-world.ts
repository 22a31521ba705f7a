import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  buildElf,
  type DynamicSpec,
  EM_386,
  EM_AARCH64,
  EM_X86_64,
  ET_DYN,
  ET_EXEC,
} from '../../support/elf-builder.js';

const DT_HASH = 4;
/** One bucket, one symbol, which is none: musl's loader looks symbols up without asking for a table. */
const EMPTY_HASH = [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** An ELF file of a world, the target of a symbolic link, or text, with $ROOT for the world's root. */
export type WorldFile = ObjectFile | { readonly link: string } | { readonly text: string };

export interface ObjectFile extends Pick<DynamicSpec, 'needed' | 'soname' | 'rpath' | 'runpath'> {
  /** PT_INTERP: makes it a program; $ROOT stands for the world's root. */
  readonly interpreter?: string;
  /** A program that is a shared object, as most are today. */
  readonly pie?: boolean;
  /** A file of another machine, which a loader passes over. */
  readonly i386?: boolean;
  /** A file of 64-bit Arm. */
  readonly arm64?: boolean;
}

/** Writes files, by path, below a new directory, calls `use` with it and removes it again. */
export function inWorld<T>(
  files: Readonly<Record<string, WorldFile>>,
  use: (root: string) => T,
): T {
  const root = mkdtempSync(join(tmpdir(), 'pagecost-world-'));
  try {
    addToWorld(root, files);
    return use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Writes files, by path, below a directory. */
export function addToWorld(root: string, files: Readonly<Record<string, WorldFile>>): void {
  for (const [name, file] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    if ('link' in file) symlinkSync(file.link, path);
    else if ('text' in file) writeFileSync(path, file.text.replaceAll('$ROOT', root));
    else writeFileSync(path, image(file, root), { mode: 0o755 });
  }
}

function image(
  { interpreter, pie, i386, arm64, ...dynamic }: ObjectFile,
  root: string,
): Uint8Array {
  const fixed = interpreter !== undefined && !pie;
  const base = fixed ? 0x400000 : 0;
  return buildElf({
    class: i386 ? 32 : 64,
    machine: i386 ? EM_386 : arm64 ? EM_AARCH64 : EM_X86_64,
    type: fixed ? ET_EXEC : ET_DYN,
    segments: [
      { flags: 5, offset: 0, address: base, fileSize: 0x100 },
      { flags: 4, address: base + 0x1000, content: EMPTY_HASH },
    ],
    dynamic: { ...dynamic, entries: [[DT_HASH, base + 0x1000]] },
    ...(interpreter === undefined ? {} : { interpreter: interpreter.replace('$ROOT', root) }),
  });
}
