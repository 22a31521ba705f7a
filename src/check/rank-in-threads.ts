import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Language } from '../language.js';
import { type Answers, createRanker, type RankCandidate } from './rank-file.js';
import { type Answered, type Ranking, rankingOf, type Watching } from './rank-programs.js';

/** Files that a thread is given at a time: a few milliseconds' worth. */
const BATCH = 16;

/** Where ranking is done. */
export interface Threads {
  /** Path of the bundle of src/rank-worker.ts. */
  readonly script: string;
  /** How many there are besides this one. */
  readonly count: number;
  /** That the reasons are said in. */
  readonly language: Language;
  /** Whether this thread works as well: nothing else happens in it then, but between two batches. */
  readonly here: boolean;
}

/** Looks at some files. */
type Hand = (given: readonly RankCandidate[]) => Promise<Answers>;

/**
 * The same as `rankPrograms` in several threads, with the same result. When it ends, however it does, none of
 * them is left. Rejects where a thread cannot be started, or ends early.
 */
export async function rankInThreads<T extends RankCandidate>(
  candidates: Iterable<T>,
  { script, count, language, here }: Threads,
  { progress, looked, signal }: Watching = {},
): Promise<Ranking<T>> {
  const left = candidates[Symbol.iterator]();
  const batches: Answered<T>[][] = [];
  let done = 0;

  const work = async (hand: Hand) => {
    for (;;) {
      const given = signal?.aborted ? [] : take(left, BATCH);
      if (given.length === 0) return;
      const batch: Answered<T>[] = [];
      batches.push(batch);
      const { answers, looks } = await hand(given);
      looked?.(looks);
      batch.push(...given.map((candidate, i) => ({ candidate, answer: answers[i] })));
      done += given.length;
      progress?.(done);
    }
  };

  const workers = Array.from({ length: count }, () => new Worker(script, { workerData: language }));
  const aborted = new Promise<void>((resolve) => {
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  // Two batches for each thread, so that the next is there when it has done one.
  const hands = workers.map(handOf).flatMap((hand) => [hand, hand]);
  if (here) hands.push(ownHand());
  try {
    await Promise.race([aborted, Promise.all(hands.map(work))]);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return rankingOf(batches.flat());
}

/** Batches are answered in their order. */
function handOf(worker: Worker): Hand {
  const waiting: ((answers: Answers) => void)[] = [];
  worker.on('message', (answers) => waiting.shift()?.(answers));
  const ended = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread ended early.')));
  });
  ended.catch(() => {}); // of one that is not at work, that is no failure
  return (given) => {
    const answers = new Promise<Answers>((resolve) => waiting.push(resolve));
    worker.postMessage(given.map(plain));
    return Promise.race([answers, ended]);
  };
}

function ownHand(): Hand {
  const rank = createRanker();
  return async (given) => {
    await setImmediate(); // what the others have done is looked at
    return rank(given);
  };
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
