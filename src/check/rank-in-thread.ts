import { Worker } from 'node:worker_threads';
import type { Language } from '../language.js';
import type { RankAnswer, RankCandidate } from './rank-file.js';
import { type Answered, type Ranking, rankingOf, type Watching } from './rank-programs.js';

/** Files that the thread is given at a time: a few milliseconds' worth. */
const BATCH = 16;

/** Where ranking is done. */
export interface Thread {
  /** Path of the bundle of src/rank-worker.ts. */
  readonly script: string;
  /** That the reasons are said in. */
  readonly language: Language;
}

/**
 * The same as `rankPrograms` in a thread of its own, with the same result. When it ends, however it does, the
 * thread is gone. Rejects where it cannot be started, or ends early.
 */
export async function rankInThread<T extends RankCandidate>(
  candidates: Iterable<T>,
  { script, language }: Thread,
  { progress, signal }: Omit<Watching, 'looked'> = {},
): Promise<Ranking<T>> {
  const left = candidates[Symbol.iterator]();
  const batches: Answered<T>[][] = [];
  let done = 0;
  const worker = new Worker(script, { workerData: language });
  const rank = rankerIn(worker);

  const work = async () => {
    for (;;) {
      const given = signal?.aborted ? [] : take(left, BATCH);
      if (given.length === 0) return;
      const batch: Answered<T>[] = [];
      batches.push(batch);
      const answers = await rank(given);
      batch.push(...given.map((candidate, i) => ({ candidate, answer: answers[i] })));
      done += given.length;
      progress?.(done);
    }
  };

  const aborted = new Promise<void>((resolve) => {
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    // Two batches at a time, so that the next is there when it has done one.
    await Promise.race([aborted, Promise.all([work(), work()])]);
  } finally {
    await worker.terminate();
  }
  return rankingOf(batches.flat());
}

/** Has batches answered, in their order. */
function rankerIn(
  worker: Worker,
): (given: readonly RankCandidate[]) => Promise<readonly RankAnswer[]> {
  const waiting: ((answers: readonly RankAnswer[]) => void)[] = [];
  worker.on('message', (answers) => waiting.shift()?.(answers));
  const ended = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread ended early.')));
  });
  ended.catch(() => {}); // of one that is not at work, that is no failure
  return (given) => {
    const answers = new Promise<readonly RankAnswer[]>((resolve) => waiting.push(resolve));
    worker.postMessage(given.map(plain));
    return Promise.race([answers, ended]);
  };
}

/** What the thread needs to know of a candidate. */
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
