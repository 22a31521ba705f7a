import { parentPort, workerData } from 'node:worker_threads';
import { createRanker, type RankCandidate } from './check/rank-file.js';
import { type Language, speak } from './language.js';

/** The other side of src/check/rank-in-thread.ts: answers for the files that it is given. */
speak(workerData as Language);
const rank = createRanker();
parentPort?.on('message', (candidates: readonly RankCandidate[]) => {
  parentPort?.postMessage(rank(candidates));
});
