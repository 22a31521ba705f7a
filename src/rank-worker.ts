import { parentPort, workerData } from 'node:worker_threads';
import { type RankCandidate, rankFile } from './check/rank-file.js';
import { type Language, speak } from './language.js';
import { createFileCache } from './program/file-cache.js';

/** The other side of src/check/rank-in-threads.ts: answers for the files that it is given. */
speak(workerData as Language);
const cache = createFileCache();
parentPort?.on('message', (candidates: readonly RankCandidate[]) => {
  parentPort?.postMessage(candidates.map((candidate) => rankFile(candidate, cache)));
});
