import type { Disposable, Uri } from 'vscode';
import { localFile } from '#editor/binaries/local-file.js';
import { isCutOff } from '../../binary/diagnostic.js';
import { readElfHeaders } from '../../binary/elf.js';
import { BUILD_QUIET, isBeingWritten } from '../binaries/being-written.js';

/** Programs that a build writes or removes, until it is done with them. */
export interface Settling extends Disposable {
  /** These were written or removed just now. */
  touch(programs: readonly Uri[]): void;
  /** Of this one there is nothing to wait for. */
  drop(program: Uri): void;
  /** Something else happened than that, of which nothing has to be awaited but quiet. */
  stir(): void;
  isWaiting(): boolean;
}

/**
 * @param settled called when nothing more has happened for a while
 * @param patience how long what is gone, or there in part, has to stay so until it counts, in ms: a linker
 *   may be at work
 */
export function createSettling(settled: () => void, patience: number): Settling {
  const touched = new Map<string, { readonly uri: Uri; readonly time: number }>();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const later = (delay: number) => {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(settle, delay);
  };
  const touch = (programs: readonly Uri[]) => {
    for (const uri of programs) touched.set(uri.toString(), { uri, time: performance.now() });
    if (programs.length > 0) later(BUILD_QUIET);
  };
  const settle = () => {
    const programs = [...touched.values()];
    const growing = programs
      .map(({ uri }) => uri)
      .filter((uri) => isBeingWritten(uri, BUILD_QUIET));
    if (growing.length > 0) return touch(growing);
    const partial = programs.filter(({ uri }) => !isWholeProgram(uri));
    const left = partial.map(({ time }) => time + patience - performance.now());
    if (left.some((delay) => delay > 0)) return later(Math.max(...left));
    timer = undefined;
    touched.clear();
    settled();
  };
  return {
    touch,
    drop: (program) => void touched.delete(program.toString()),
    stir: () => later(BUILD_QUIET),
    isWaiting: () => timer !== undefined,
    dispose() {
      ended = true;
      clearTimeout(timer);
    },
  };
}

/** Whether all of a program is there, as far as its headers tell. */
function isWholeProgram(uri: Uri): boolean {
  const opened = localFile(uri)?.read(readElfHeaders);
  if (!opened || !('value' in opened)) return false;
  const { header, diagnostics } = opened.value;
  return header !== undefined && !isCutOff(diagnostics);
}
