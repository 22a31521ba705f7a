import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import type { ByteSource } from '../binary/source.js';
import { fileSource } from './file-source.js';

/** A regular file, open for reading. */
export interface OpenFile {
  readonly source: ByteSource;
}

/** What was made of a file, or why it could not be read: a sentence for people. */
export type Opened<T> = { readonly value: T } | { readonly problem: string };

/**
 * Opens a regular file, hands it to `use` and closes it again; anything that is not a regular file
 * is never opened, since a FIFO would wait for its writer and a device may do anything.
 */
export function withFile<T>(path: string, use: (file: OpenFile) => T): Opened<T> {
  let descriptor: number;
  try {
    const problem = notRegular(statSync(path));
    if (problem) return { problem };
    descriptor = openSync(path, FLAGS);
  } catch (error) {
    return { problem: problemOf(error) };
  }
  try {
    // Once more: another file may have taken the name since.
    const stat = fstatSync(descriptor);
    const problem = notRegular(stat);
    if (problem) return { problem };
    return { value: use({ source: fileSource(descriptor, stat.size) }) };
  } finally {
    closeSync(descriptor);
  }
}

/** Without waiting, and without making a terminal ours; Windows has neither flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

type Kind =
  | 'isFile'
  | 'isDirectory'
  | 'isFIFO'
  | 'isSocket'
  | 'isCharacterDevice'
  | 'isBlockDevice';

const KINDS: readonly (readonly [Kind, string])[] = [
  ['isDirectory', 'a directory'],
  ['isFIFO', 'a FIFO'],
  ['isSocket', 'a socket'],
  ['isCharacterDevice', 'a device'],
  ['isBlockDevice', 'a device'],
];

function notRegular(stat: Readonly<Record<Kind, () => boolean>>): string | undefined {
  if (stat.isFile()) return undefined;
  const kind = KINDS.find(([is]) => stat[is]())?.[1] ?? 'something else';
  return `This is ${kind}, not a regular file.`;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  ENOTDIR: 'There is no such file: a part of its path is not a directory.',
  EACCES: 'There is no permission to read it.',
  EPERM: 'There is no permission to read it.',
  ELOOP: 'Its symbolic links lead in a circle.',
  ENAMETOOLONG: 'The path is longer than this system allows.',
  ERR_INVALID_ARG_VALUE: 'The path holds a NUL character, which no file name can.',
};

function problemOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return PROBLEMS[code ?? ''] ?? `It cannot be read: ${code ?? String(error)}.`;
}
