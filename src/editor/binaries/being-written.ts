import type { Uri } from 'vscode';
import { localFile } from '#editor/binaries/local-file.js';
import type { ByteSource } from '../../binary/source.js';

/** A build is taken to be done with a file that it has not written for so long, in ms. */
export const BUILD_QUIET = 1000;
/**
 * What is gone, or there in part, has to stay so for this long until it counts, in ms: a slow
 * linker may be at work.
 */
export const PATIENCE = 5000;

/**
 * Whether somebody may be writing a file of this machine, for it was written a moment ago. What gold writes
 * through a mapping is no event, and its file has all of its bytes, and soon its headers, from the beginning.
 * @param moment in ms
 */
export function isBeingWritten(uri: Uri, moment: number): boolean {
  const modified = localFile(uri)?.modified() ?? 0;
  const age = Date.now() - modified; // asked for last: what is written between would seem to be ahead
  return age >= 0 && age < moment; // a clock of another machine may be ahead of ours
}

/**
 * Whether a linker may be at work on a binary of this machine.
 * @param content what it is; undefined of what is none
 */
export const isUnfinished = (uri: Uri, content: unknown): boolean =>
  content === 'blank' || (content !== undefined && isBeingWritten(uri, BUILD_QUIET));

/** Bytes of a file's start that say whether there is anything in it yet: those of an ELF identification. */
const START = 16;

/** Whether a file may become a program: it has room for one, and no headers yet. */
export function isBlank(source: ByteSource): boolean {
  const start = source.read(0, START);
  return start.length === START && start.every((byte) => byte === 0);
}
