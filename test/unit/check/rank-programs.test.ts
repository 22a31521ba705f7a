import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type RankCandidate, rankPrograms } from '../../../src/check/rank-programs.js';

const candidate = (path: string): RankCandidate => ({
  path,
  name: path,
  sysroot: undefined,
  aslr: true,
});
const SAMPLES = ['tiny-musl', 'tiny-glibc-static', 'tiny.c', 'tiny.freebsd'];
const CANDIDATES = SAMPLES.map((name) => candidate(`sample/${name}`));

describe('Ranking programs', () => {
  it('stops where it is asked to, with what it has', async () => {
    let looked = 0;
    const ranking = await rankPrograms(CANDIDATES, {
      progress: (done) => {
        looked = done;
      },
      stopped: () => looked === 1,
    });
    assert.deepEqual(ranking.programs.map(({ candidate: { path } }) => path).toSorted(), [
      'sample/tiny-glibc-static',
      'sample/tiny-musl',
    ]);
  });

  it('lets other code run before each file, and between reading and estimating one', async () => {
    let turns = 0;
    let done = false;
    const others = (async () => {
      for (; !done; turns++) await setImmediate();
    })();
    const { programs } = await rankPrograms(CANDIDATES);
    done = true;
    await others;
    assert.equal(programs.length, 3);
    assert.ok(turns >= CANDIDATES.length + programs.length, `${turns} turns`);
  });

  it('goes by whether addresses are randomised', async () => {
    const fixed = { ...candidate('sample/tiny-musl'), aslr: false };
    const { programs } = await rankPrograms([fixed, candidate('sample/tiny-musl')]);
    assert.deepEqual(
      programs.map(({ candidate: { aslr } }) => aslr),
      [true, false],
    );
    assert.deepEqual(
      programs.map(({ cost }) => cost.aslr),
      [true, false],
    );
  });

  it('says why a file that may be a program has no cost', async () => {
    const { programs, failed } = await rankPrograms([
      candidate('sample/none'),
      candidate('sample'),
    ]);
    assert.deepEqual(programs, []);
    assert.deepEqual(
      failed.map(({ reason }) => reason),
      ['There is no such file.', 'This is a directory, not a regular file.'],
    );
  });
});
