import { Worker } from 'node:worker_threads';
import type { Language } from '../language.js';
import type { RankAnswer, RankCandidate } from './rank-file.js';
import { type Answered, type Ranking, rankingOf, type Watching } from './rank-programs.js';

/** Files that a thread is given at a time: a few milliseconds' worth. */
const BATCH = 32;

/** Where ranking is done, besides this thread. */
export interface Threads {
  /** Path of the bundle of src/rank-worker.ts. */
  readonly script: string;
  readonly count: number;
  /** That the reasons are said in. */
  readonly language: Language;
}

/**
 * The same as `rankPrograms` in threads of their own, with the same result: this one only hands out files. When
 * it ends, however it does, none of them is left. Rejects where a thread cannot be started, or ends early.
 */
export async function rankInThreads<T extends RankCandidate>(
  candidates: Iterable<T>,
  { script, count, language }: Threads,
  { progress, signal }: Watching = {},
): Promise<Ranking<T>> {
  const left = candidates[Symbol.iterator]();
  const batches: Answered<T>[][] = [];
  const workers: Worker[] = [];
  let done = 0;

  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(script, { workerData: language });
      workers.push(worker);
      const next = () => {
        const given = signal?.aborted ? [] : take(left, BATCH);
        if (given.length === 0) {
          resolve();
          return;
        }
        const batch: Answered<T>[] = [];
        batches.push(batch);
        worker.once('message', (answers: readonly RankAnswer[]) => {
          batch.push(...given.map((candidate, i) => ({ candidate, answer: answers[i] })));
          done += given.length;
          try {
            progress?.(done);
            next();
          } catch (error) {
            reject(error); // of whoever asked, or of what the files come from
          }
        });
        worker.postMessage(given.map(plain));
      };
      signal?.addEventListener('abort', () => resolve(), { once: true });
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('The thread ended early.')));
      next();
    });

  try {
    await Promise.all(Array.from({ length: count }, work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return rankingOf(batches.flat());
}

/** What a thread needs to know of a candidate. */
const plain = ({ path, name, sysroot, aslr }: RankCandidate): RankCandidate => ({
  path,
  name,
  sysroot,
  aslr,
});

function take<T>(from: Iterator<T>, most: number): T[] {
  const taken: T[] = [];
  while (taken.length < most) {
    const { done, value } = from.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}
