import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { ByteSource } from '../binary/source.js';
import { msg } from '../msg.js';
import type { Steps } from '../steps.js';
import { fileSource } from './file-source.js';

/** A regular file, open for reading. */
export interface OpenFile {
  readonly source: ByteSource;
  /** When it was last written, in ms since 1970. */
  readonly modified: number;
}

/** What was made of a file, or why it could not be read: a sentence for people. */
export type Opened<T> = { readonly value: T } | { readonly problem: string };

/**
 * Opens a regular file, hands it to `use` and closes it again; anything that is not a regular file
 * is never opened, since a FIFO would wait for its writer and a device may do anything.
 */
export function withFile<T>(path: string, use: (file: OpenFile) => T): Opened<T> {
  const opened = openRegular(path);
  if ('problem' in opened) return opened;
  const { descriptor, ...file } = opened.value;
  try {
    return { value: use(file) };
  } finally {
    closeSync(descriptor);
  }
}

/** The same for what reads it in steps: it is open until the last of them, or until they are given up. */
export function* withFileInSteps<T>(
  path: string,
  use: (file: OpenFile) => Steps<T>,
): Steps<Opened<T>> {
  const opened = openRegular(path);
  if ('problem' in opened) return opened;
  const { descriptor, ...file } = opened.value;
  try {
    return { value: yield* use(file) };
  } finally {
    closeSync(descriptor);
  }
}

function openRegular(path: string): Opened<OpenFile & { readonly descriptor: number }> {
  let descriptor: number | undefined;
  let problem: string | undefined;
  try {
    problem = notRegular(statSync(path));
    if (problem !== undefined) return { problem };
    descriptor = openSync(path, OPEN_FLAGS);
    // Once more: another file may have taken the name since.
    const stat = fstatSync(descriptor);
    problem = notRegular(stat);
    if (problem === undefined) {
      const source = fileSource(descriptor, stat.size);
      return { value: { descriptor, source, modified: stat.mtimeMs } };
    }
  } catch (error) {
    // Of an open file too: on a network file system it may be gone by now (ESTALE).
    problem = problemOf(error);
  }
  if (descriptor !== undefined) closeSync(descriptor);
  return { problem };
}

/** To read without waiting for a FIFO's writer, and without making a terminal ours; Windows has neither flag. */
export const OPEN_FLAGS =
  constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

type Kind =
  | 'isFile'
  | 'isDirectory'
  | 'isFIFO'
  | 'isSocket'
  | 'isCharacterDevice'
  | 'isBlockDevice';

const KINDS: readonly (readonly [Kind, string])[] = [
  ['isDirectory', msg('This is a directory, not a regular file.')],
  ['isFIFO', msg('This is a FIFO, not a regular file.')],
  ['isSocket', msg('This is a socket, not a regular file.')],
  ['isCharacterDevice', msg('This is a device, not a regular file.')],
  ['isBlockDevice', msg('This is a device, not a regular file.')],
];

const ANY_KIND = msg('This is something else, not a regular file.');

function notRegular(stat: Readonly<Record<Kind, () => boolean>>): string | undefined {
  if (stat.isFile()) return undefined;
  const why = KINDS.find(([is]) => stat[is]())?.[1] ?? ANY_KIND;
  return l10n.t(why);
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: msg('There is no such file.'),
  ENOTDIR: msg('There is no such file: a part of its path is not a directory.'),
  EACCES: msg('There is no permission to read it.'),
  EPERM: msg('There is no permission to read it.'),
  ELOOP: msg('Its symbolic links lead in a circle.'),
  ENAMETOOLONG: msg('The path is longer than this system allows.'),
  ERR_INVALID_ARG_VALUE: msg('The path holds a NUL character, which no file name can.'),
};

function problemOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  const known = PROBLEMS[code ?? ''];
  return known === undefined
    ? l10n.t('It cannot be read: {0}.', code ?? String(error))
    : l10n.t(known);
}
