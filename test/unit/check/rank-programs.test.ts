import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RankCandidate } from '../../../src/check/rank-file.js';
import { rankInThread } from '../../../src/check/rank-in-thread.js';
import { rankPrograms, type Watching } from '../../../src/check/rank-programs.js';
import { ENGLISH } from '../../../src/language.js';
import type { Looks } from '../../../src/program/file-cache.js';
import { atOnce } from '../../../src/steps.js';

const candidate = (path: string): RankCandidate => ({
  path,
  name: path,
  sysroot: undefined,
  aslr: true,
});
const SAMPLES = ['tiny-musl', 'tiny-glibc-static', 'tiny.c', 'tiny.freebsd'];
const CANDIDATES = SAMPLES.map((name) => candidate(`sample/${name}`));

const rank = (candidates: readonly RankCandidate[], watching?: Watching) =>
  atOnce(rankPrograms(candidates, watching));

describe('Ranking programs', () => {
  it('stops where it is asked to, with what it has', () => {
    const stop = new AbortController();
    const ranking = rank(CANDIDATES, {
      progress: (done) => {
        if (done === 1) stop.abort();
      },
      signal: stop.signal,
    });
    assert.deepEqual(ranking.programs.map(({ candidate: { path } }) => path).toSorted(), [
      'sample/tiny-glibc-static',
      'sample/tiny-musl',
    ]);
  });

  it('reads and estimates each file in steps of their own', () => {
    const steps = rankPrograms(CANDIDATES);
    let count = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) count++;
    assert.equal(step.value.programs.length, 3);
    assert.ok(count >= CANDIDATES.length + 3, `${count} steps`);
  });

  it('goes by whether addresses are randomised', () => {
    const fixed = { ...candidate('sample/tiny-glibc-static'), aslr: false };
    const { programs } = rank([fixed, candidate('sample/tiny-glibc-static')]);
    assert.deepEqual(
      programs.map(({ candidate: { aslr } }) => aslr),
      [true, false],
    );
    const [dearer, cheaper] = programs.map(({ cost }) => cost);
    // A mean of placements, and a whole number of tables.
    assert.ok(!Number.isInteger(dearer?.tablePages), `${dearer?.tablePages}`);
    assert.ok(Number.isInteger(cheaper?.tablePages), `${cheaper?.tablePages}`);
  });

  it('says why a file that may be a program has no cost', () => {
    const { programs, failed } = rank([candidate('sample/none'), candidate('sample')]);
    assert.deepEqual(programs, []);
    assert.deepEqual(
      failed.map(({ reason }) => reason),
      ['There is no such file.', 'This is a directory, not a regular file.'],
    );
  });

  it('has no cost of a file that ends too early: one would be of a part', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pagecost-rank-'));
    const part = join(folder, 'part');
    try {
      copyFileSync('sample/tiny-musl', part);
      truncateSync(part, 8000);
      const { programs, failed } = rank([candidate(part)]);
      assert.deepEqual(programs, []);
      assert.match(failed[0]?.reason ?? '', /^The file ends too early: /);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('tells of what it looked at besides', () => {
    const looks: Looks[] = [];
    rank([candidate(process.execPath), ...CANDIDATES], {
      looked: (of) => void looks.push(of),
    });
    const paths = looks.flat().map(([path]) => path);
    assert.ok(paths.includes('/etc/ld.so.cache'), paths.join());
    assert.equal(new Set(paths).size, paths.length);
  });
});

describe('Ranking in a thread', () => {
  const script = resolve('dist/rank-worker.js'); // the suite builds it first
  const thread = { script, language: ENGLISH };
  let directory: string;
  let thousands: readonly RankCandidate[];
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'pagecost-thread-'));
    // One of thirty is a program: what is looked for in a workspace is mostly something else.
    const names = ['tiny-musl', ...Array.from({ length: 29 }, () => 'tiny.c')];
    thousands = Array.from({ length: 3000 }, (_, i) => {
      const path = join(directory, String(i));
      copyFileSync(`sample/${names[i % names.length]}`, path);
      return candidate(path);
    });
  });
  after(() => rmSync(directory, { recursive: true }));

  it('has the same result as without, of thousands of files and of files that cannot be read', async () => {
    const all = [...thousands, candidate('sample/none'), candidate('sample')];
    const one = rank(all);
    assert.equal(one.programs.length, 100);
    assert.deepEqual(await rankInThread(all, thread), one);
  });

  it('says how far it is, and stops with what it has', async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const { programs } = await rankInThread(thousands, thread, {
      progress(done) {
        told.push(done);
        if (told.length === 3) stop.abort();
      },
      signal: stop.signal,
    });
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    );
    assert.ok(programs.length < 100, `${programs.length}`);
  });

  it('rejects where whoever follows it fails', async () => {
    const progress = () => {
      throw new Error('no terminal');
    };
    await assert.rejects(rankInThread(thousands, thread, { progress }), /no terminal/);
  });

  it('does nothing where it was stopped before', async () => {
    const signal = AbortSignal.abort();
    const { programs } = await rankInThread(thousands, thread, { signal });
    assert.deepEqual(programs, []);
  });

  it('rejects where there is no such script', async () => {
    const missing = { ...thread, script: resolve('dist/none.js') };
    await assert.rejects(rankInThread(thousands, missing), /none\.js/);
  });
});
