import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { rankCached } from '../../../src/check/rank-cache.js';
import type { RankCandidate } from '../../../src/check/rank-file.js';
import { type Ranking, rankPrograms, type Watching } from '../../../src/check/rank-programs.js';
import { atOnce } from '../../../src/steps.js';
import { addToWorld, type ObjectFile } from '../program/library-world.js';

const INTERPRETER = '$ROOT/lib/ld-musl-x86_64.so.1';
const PROGRAM: ObjectFile = {
  interpreter: INTERPRETER,
  needed: ['libx.so'],
  runpath: '$ORIGIN/lib',
};
const FILES = { program: PROGRAM, 'lib/ld-musl-x86_64.so.1': {}, 'lib/libx.so': {} };
/** Names of all that is ranked: the library and the text are not to be started. */
const NAMES = ['program', 'lib/libx.so', 'text', 'none'];
/** So long after the files were written that they are taken for settled, in ms. */
const LATER = 10_000;
/** So long after a file was written that it just is, in ms. */
const SETTLED = 2001;

describe('A cached ranking', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'pagecost-rank-cache-'));
    addToWorld(root, { ...FILES, text: { text: 'no program' } });
    writeFileSync(join(root, 'script'), 'first');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const candidate = (name: string): RankCandidate => {
    const path = join(root, name);
    return { path, name: path, sysroot: undefined, aslr: true };
  };
  const candidates = () => NAMES.map(candidate);
  const cache = () => join(root, 'cache/of/rank.json');

  /** The ranking, which is the same as without a cache, and the names of what had to be looked at. */
  function rank(began = Date.now() + LATER, all = candidates()) {
    const looked: string[] = [];
    const counted = (left: readonly RankCandidate[], watching: Watching) => {
      looked.push(...left.map(({ path }) => basename(path)));
      return atOnce(rankPrograms(left, watching));
    };
    const ranking = rankCached(all, cache(), join(root, 'script'), counted, began);
    assert.deepEqual(plain(ranking), plain(atOnce(rankPrograms(all))));
    return { ranking, looked };
  }
  const plain = ({ programs, failed }: Ranking<RankCandidate>) => ({
    programs: programs.map(({ candidate: { name }, cost }) => ({ name, cost })),
    failed: failed.map(({ candidate: { name }, reason }) => ({ name, reason })),
  });

  /** After a first ranking and a change, what is looked at again. */
  function lookedAfter(change: () => void): readonly string[] {
    rank();
    change();
    return rank().looked;
  }

  it('looks at what is there once, and each time at what cannot be read', () => {
    const first = rank();
    assert.deepEqual(first.looked, ['program', 'libx.so', 'text', 'none']);
    assert.equal(first.ranking.programs.length, 1);
    assert.deepEqual(rank().looked, ['none']);
    assert.deepEqual(rank().looked, ['none'], 'a cache that was written again');
  });

  it('does not rank where nothing is left', () => {
    const all = [candidate('program'), candidate('text')];
    rank(undefined, all);
    assert.deepEqual(rank(undefined, all).looked, []);
  });

  it('looks again at a file that was written', () => {
    const changed = { ...PROGRAM, needed: [] };
    const looked = lookedAfter(() => addToWorld(root, { program: changed }));
    assert.deepEqual(looked, ['program', 'none']);
  });

  it('looks again at one of the same size and time of writing', () => {
    const time = new Date(2020, 1, 1);
    utimesSync(join(root, 'text'), time, time);
    const looked = lookedAfter(() => {
      writeFileSync(join(root, 'text'), 'NO program');
      utimesSync(join(root, 'text'), time, time);
    });
    assert.deepEqual(looked, ['text', 'none']);
  });

  it('looks again at a file in place of which another was put', () => {
    const looked = lookedAfter(() => {
      addToWorld(root, { other: PROGRAM });
      renameSync(join(root, 'other'), join(root, 'text'));
    });
    assert.deepEqual(looked, ['text', 'none']);
  });

  const LIBRARIES: Readonly<Record<string, () => void>> = {
    'was written': () => addToWorld(root, { 'lib/libx.so': { needed: ['liby.so'] } }),
    'is gone': () => rmSync(join(root, 'lib/libx.so')),
    'may not be read': () => chmodSync(join(root, 'lib/libx.so'), 0),
  };
  for (const [what, change] of Object.entries(LIBRARIES)) {
    it(`looks again at programs one of whose libraries ${what}`, () => {
      const all = [candidate('program'), candidate('text')];
      rank(undefined, all);
      change();
      assert.deepEqual(rank(undefined, all).looked, ['program']);
    });
  }

  it('looks again at programs where a library appears that was missing, or comes first', () => {
    rmSync(join(root, 'lib/libx.so'));
    const all = [candidate('program'), candidate('text')];
    rank(undefined, all);
    addToWorld(root, { 'lib/libx.so': {} });
    assert.deepEqual(rank(undefined, all).looked, ['program']);
  });

  it('looks again at programs where the loader, or a file of its own, appears', () => {
    rmSync(join(root, 'lib/ld-musl-x86_64.so.1'));
    const all = [candidate('program')];
    rank(undefined, all);
    addToWorld(root, { 'lib/ld-musl-x86_64.so.1': {} });
    assert.deepEqual(rank(undefined, all).looked, ['program']);
    addToWorld(root, { 'etc/ld-musl-x86_64.path': { text: '/nowhere' } });
    assert.deepEqual(rank(undefined, all).looked, ['program']);
    assert.deepEqual(rank(undefined, all).looked, []);
  });

  it('does not keep what has just been written: it may be once more, at the same time', () => {
    rank(Date.now());
    assert.deepEqual(rank(Date.now()).looked, ['program', 'libx.so', 'text', 'none']);
  });

  it('does not keep the cost of a program one of whose libraries has just been written', () => {
    const changed = (name: string) => Math.floor(statSync(join(root, name)).ctimeMs);
    do addToWorld(root, { 'lib/libx.so': {} });
    while (changed('lib/libx.so') <= changed('text'));
    const began = changed('text') + SETTLED;
    rank(began);
    assert.deepEqual(rank(began).looked, ['program', 'libx.so', 'none']);
  });

  it('keeps no answer of a candidate under another name, which is on its stack', () => {
    rank();
    const named = { ...candidate('program'), name: 'p' };
    assert.deepEqual(rank(undefined, [named]).looked, ['program']);
    const fixed = { ...candidate('program'), aslr: false };
    assert.deepEqual(rank(undefined, [fixed]).looked, ['program']);
  });

  it('keeps no answer of another build', () => {
    const looked = lookedAfter(() => writeFileSync(join(root, 'script'), 'second'));
    assert.deepEqual(looked, ['program', 'libx.so', 'text', 'none']);
  });

  it('takes a damaged cache for none', () => {
    rank();
    for (const text of [
      '',
      '{',
      '[]',
      'null',
      '{"maker":1}',
      readFileSync(cache(), 'utf8').slice(0, -9),
    ]) {
      writeFileSync(cache(), text);
      assert.deepEqual(rank().looked, ['program', 'libx.so', 'text', 'none'], text);
    }
  });

  it('does without where it cannot be written', () => {
    writeFileSync(join(root, 'cache'), 'no directory');
    rank();
    assert.deepEqual(rank().looked, ['program', 'libx.so', 'text', 'none']);
  });
});
