import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import type { Program } from '../model/program.js';

/** Real path of a file, as /proc/PID/maps writes it, to the model's name for the object. */
export type ObjectNames = ReadonlyMap<string, string>;

/** What the kernel writes behind the path of a file that was deleted or replaced since (fs/d_path.c). */
export const DELETED = ' (deleted)';

/**
 * The files of a program and the model's names for them. One that was deleted or replaced since a process
 * mapped it has `DELETED` behind its path there, and so has no name here.
 */
export function objectNames({ path, interpreter, libraries }: Program): ObjectNames {
  const names = new Map<string, string>();
  const add = (file: string, name: string) => {
    const shown = pathInMaps(file);
    if (!names.has(shown)) names.set(shown, name);
  };
  add(path, basename(path));
  if (interpreter) add(interpreter.path, interpreter.name);
  for (const library of libraries) add(library.path, library.name);
  return names;
}

/** The path with all symbolic links followed, and line feeds written as the kernel does (fs/proc/task_mmu.c). */
export function pathInMaps(path: string): string {
  try {
    return realpathSync(path).replaceAll('\n', '\\012');
  } catch {
    return path;
  }
}
