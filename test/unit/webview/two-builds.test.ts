import assert from 'node:assert/strict';
import { differ, mayBe } from '../../../src/model/cost-difference.js';
import type { Program } from '../../../src/model/program.js';
import type { Base } from '../../../src/protocol.js';
import { differenceGroups, MOST_ROWS } from '../../../src/report/difference-groups.js';
import {
  changeInBrief,
  comparedWith,
  sumInWords,
  totalInBrief,
} from '../../../webview/view-model/build-words.js';
import { compareBuilds, predict } from '../../../webview/view-model/two-builds.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const GLIBC = sampleProgram('tiny-glibc-static');
const MUSL = sampleProgram('tiny-musl');
const START = conditions();

const compare = (before: Program, after: Program) =>
  compareBuilds(before, { program: after, cost: costOf(after) }, START);

describe('two builds beside each other', () => {
  it('differ as the model says', () => {
    const both = compare(GLIBC, MUSL);
    assert(both.ok);
    assert.deepEqual(both.before, costOf(GLIBC));
    assert.deepEqual(both.difference, differ(costOf(GLIBC), costOf(MUSL)));
  });

  it('are estimated under the same conditions', () => {
    const under = conditions({ heap: [100_000] }, { aslr: false });
    const after = { program: MUSL, cost: costOf(MUSL, under) };
    const both = compareBuilds(GLIBC, after, under);
    assert(both.ok);
    assert.deepEqual(both.before, costOf(GLIBC, under));
  });

  it('are named where they are for different machines, or systems', () => {
    const freeBsd = sampleProgram('tiny.freebsd');
    const machines = compare(freeBsd, MUSL);
    assert(!machines.ok);
    assert.match(machines.problem, /tiny\.freebsd is for i386 .*tiny-musl for x86-64/);
    const other = {
      program: MUSL,
      cost: { ...costOf(MUSL), system: 'freebsd-4.8-i386' },
    };
    const systems = compareBuilds(GLIBC, other, START);
    assert(!systems.ok);
    assert.match(systems.problem, /for Linux .* and .* for FreeBSD 4/);
  });

  it('are not compared where there is no process of the one before', () => {
    const object: Program = { ...GLIBC, binary: { ...GLIBC.binary, type: 'relocatable' } };
    const both = compare(object, MUSL);
    assert(!both.ok);
    assert.match(both.problem, /^Of sample\/tiny-glibc-static there is no process .* object file/);
  });
});

describe('rows of a difference', () => {
  const difference = differ(costOf(GLIBC), costOf(MUSL));
  const groups = differenceGroups(difference.rows);

  it('are all there once, per process and shared apart, the biggest first', () => {
    const all = groups.flatMap(({ rows, rest }) => [...rows, ...rest]);
    assert.deepEqual(new Set(all), new Set(difference.rows));
    for (const { id, rows, rest } of groups) {
      assert(rows.length > 0 && rows.length <= MOST_ROWS);
      assert(rows.every((row) => row.difference !== 0));
      assert(
        [...rows, ...rest].every(({ category }) => (category === 'shared') === (id === 'shared')),
      );
    }
  });

  it('are none where nothing differs', () => {
    assert.deepEqual(differenceGroups(differ(costOf(MUSL), costOf(MUSL)).rows), []);
  });

  it('that are not known are written out', () => {
    const dynamic = { ...sampleProgram('tiny-glibc'), missing: [{ name: 'x', reason: 'No.' }] };
    const [process] = differenceGroups(differ(costOf(dynamic), costOf(dynamic)).rows);
    assert(process && process.rows.length > 0);
    assert(process.rows.every((row) => row.difference === undefined));
    assert.equal(
      changeInBrief(differ(costOf(dynamic), costOf(dynamic))),
      'no difference in what is known',
    );
  });
});

describe('what was predicted of a build', () => {
  const cost = costOf(GLIBC);

  it('is what the what-ifs save of the one before', () => {
    const whatIfs = ['aslr-off', 'no-such-what-if'];
    const prediction = predict(GLIBC, cost, START, whatIfs);
    assert.deepEqual(prediction?.whatIfs, ['aslr-off']);
    const other = costOf(GLIBC, { ...START, whatIfs: ['aslr-off'] });
    assert.deepEqual(prediction.perProcess, differ(cost, other).perProcess);
    assert(prediction.perProcess.difference < 0);
  });

  it('is nothing without any, and where it can have none', () => {
    assert.equal(predict(GLIBC, cost, START, []), undefined);
    assert.equal(predict(GLIBC, cost, START, ['static']), undefined);
  });
});

describe('a difference in words', () => {
  const sum = (difference: number, beforeIncomplete = false, afterIncomplete = false) => ({
    before: 0,
    after: difference,
    difference,
    beforeIncomplete,
    afterIncomplete,
    mayBe: mayBe(beforeIncomplete, afterIncomplete),
  });

  it('has its sign, and a mark where it is not sure', () => {
    assert.equal(sumInWords(sum(8192)), '+8 KiB');
    assert.equal(sumInWords(sum(-8192)), '−8 KiB');
    assert.equal(sumInWords(sum(0)), '0 B');
    assert.equal(sumInWords(sum(8192, false, true)), '≥ +8 KiB');
    assert.equal(sumInWords(sum(8192, true, false)), '≤ +8 KiB');
    assert.equal(sumInWords(sum(8192, true, true)), '~ +8 KiB');
  });

  it('says so where there is none', () => {
    const none = differ(costOf(MUSL), costOf(MUSL));
    assert.equal(changeInBrief(none) + totalInBrief(none, 10), 'no difference.');
  });

  it('is per process, and for as many as there are', () => {
    const before = costOf(MUSL);
    const rows = before.rows.map((row) =>
      row.id === 'stack' ? { ...row, bytes: (row.bytes ?? 0) + 4096 } : row,
    );
    const difference = differ(before, { ...before, rows });
    assert.equal(changeInBrief(difference), '+4 KiB per process');
    assert.equal(totalInBrief(difference, 1000), ', +3.91 MiB for 1,000.');
  });

  it('names what it is compared with, as text that can be shown', () => {
    const base: Base = {
      kind: 'file',
      uri: 'file:///a',
      fileName: 'a\u202eb',
      program: '',
      time: Date.UTC(2003, 5, 14),
      whyNoLibraries: undefined,
    };
    assert.equal(comparedWith(base), 'Compared with a\\u{202e}b');
    assert.equal(
      comparedWith({ ...base, kind: 'commit' }),
      'Compared with the last commit’s version',
    );
    const build = (time: number) => comparedWith({ ...base, kind: 'build', time });
    assert.match(build(Date.now()), /^Compared with the build as of \d+:\d\d:\d\d/);
    // Kept from another day.
    assert.match(build(base.time), /^Compared with the build as of \d.*2003.* \d+:\d\d:\d\d/);
  });
});
