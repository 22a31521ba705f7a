import assert from 'node:assert/strict';
import { beforeOf } from '../../../src/budget/baseline.js';
import type { Budget } from '../../../src/budget/budget.js';
import { beforeIn, judge } from '../../../src/budget/judge.js';
import { parseBudgets } from '../../../src/budget/parse-budgets.js';
import type { Cost } from '../../../src/model/cost.js';
import { limitFacts } from '../../../src/report/check-report.js';
import { costOf, sampleProgram } from '../../support/sample.js';

const whole = costOf(sampleProgram('tiny-musl'));
/** The same with a library that was not found: every sum is a floor. */
const partly = costOf({
  ...sampleProgram('tiny-musl'),
  missing: [{ name: 'libx.so', reason: 'It is not there.' }],
});

function budget(limits: object): Budget {
  const text = JSON.stringify({ budgets: [{ files: 'a', ...limits }] });
  const parsed = parseBudgets(text, 'x').value?.budgets[0];
  assert.ok(parsed);
  return parsed;
}

function facts(limits: object, cost: Cost, before?: Cost) {
  const [judged] = judge(budget(limits), cost, before && beforeOf('a', true, before));
  assert.ok(judged);
  const { actual, overBy, atLeast, status } = limitFacts(judged);
  return { actual, overBy, atLeast, status };
}

/** The same program after its start-up has come to cost so much more. */
const grown = (cost: Cost, bytes: number): Cost => ({
  ...cost,
  perProcess: { ...cost.perProcess, bytes: cost.perProcess.bytes + bytes },
});

describe('A limit of a budget', () => {
  const { bytes, privateBytes } = whole.perProcess;

  it('holds up to itself, and is exceeded by what is above it', () => {
    const within = { actual: bytes, overBy: null, atLeast: false, status: 'within' };
    assert.deepEqual(facts({ perProcessBytes: bytes }, whole), within);
    const over = { ...within, overBy: 1, status: 'over' };
    assert.deepEqual(facts({ perProcessBytes: bytes - 1 }, whole), over);
  });

  it('is of private pages and of table pages without the top one, to a hundredth', () => {
    const pages = Math.round((privateBytes / 4096) * 100) / 100;
    assert.deepEqual(facts({ privatePages: Math.ceil(pages) }, whole), {
      actual: pages,
      overBy: null,
      atLeast: false,
      status: 'within',
    });
    const { actual, overBy } = facts({ tablePages: 1 }, whole);
    assert.ok(Math.abs((actual as number) - whole.pageTables.mean) <= 0.005);
    assert.equal(overBy, Math.round(((actual as number) - 1) * 100) / 100);
  });

  it('is exceeded for certain, but never kept for certain, where a part of the cost is not known', () => {
    assert.equal(partly.incomplete, true);
    const unknown = { actual: bytes, overBy: null, atLeast: true, status: 'unknown' };
    assert.deepEqual(facts({ perProcessBytes: bytes }, partly), unknown);
    const over = { ...unknown, overBy: 1, status: 'over' };
    assert.deepEqual(facts({ perProcessBytes: bytes - 1 }, partly), over);
    for (const field of ['privatePages', 'tablePages']) {
      assert.equal(facts({ [field]: 1000 }, partly).status, 'unknown', field);
    }
  });

  it('of pages is decided where only kernel objects are not known', () => {
    const bsd = costOf(sampleProgram('tiny.freebsd'));
    assert.equal(bsd.incomplete, true);
    assert.equal(facts({ perProcessBytes: 1 << 20 }, bsd).status, 'unknown');
    assert.equal(facts({ privatePages: 100 }, bsd).status, 'within');
    assert.equal(facts({ tablePages: 100 }, bsd).status, 'within');
  });

  describe('on growth', () => {
    const limit = { growthBytes: '4 KiB' };
    it('compares with the baseline, which may also be above', () => {
      const over = { actual: 4097, overBy: 1, atLeast: false, status: 'over' };
      assert.deepEqual(facts(limit, grown(whole, 4097), whole), over);
      const within = { ...over, actual: 4096, overBy: null, status: 'within' };
      assert.deepEqual(facts(limit, grown(whole, 4096), whole), within);
      assert.deepEqual(facts(limit, grown(whole, -9), whole), { ...within, actual: -9 });
    });

    it('says nothing without a baseline', () => {
      const unknown = { actual: null, overBy: null, atLeast: false, status: 'unknown' };
      assert.deepEqual(facts(limit, whole), unknown);
    });

    it('is of what is known where the same is not known as before', () => {
      const over = { actual: 8192, overBy: 4096, atLeast: false, status: 'over' };
      assert.deepEqual(facts(limit, grown(partly, 8192), partly), over);
      const within = { actual: 0, overBy: null, atLeast: false, status: 'within' };
      assert.deepEqual(facts(limit, partly, partly), within);
    });

    it('is at least that where less is known than before', () => {
      const unknown = { actual: 0, overBy: null, atLeast: true, status: 'unknown' };
      assert.deepEqual(facts(limit, partly, whole), unknown);
      const over = { actual: 8192, overBy: 4096, atLeast: true, status: 'over' };
      assert.deepEqual(facts(limit, grown(partly, 8192), whole), over);
    });
  });
});

describe('A baseline’s entry', () => {
  const entries = [
    beforeOf('build/a', true, whole),
    beforeOf('build/b', false, whole),
    beforeOf('build/p', true, partly),
  ];
  it('is found by file and conditions', () => {
    assert.equal(beforeIn(entries, 'build/a', whole, true), entries[0]);
    assert.equal(beforeIn(entries, 'build/a', partly, true), entries[0]);
    assert.equal(beforeIn(entries, 'build/p', partly, true), entries[2]);
  });

  it('is missed with the reason', () => {
    assert.match(
      String(beforeIn(entries, 'build/p', whole, true)),
      /^More is known of .* build\/p/,
    );
    const bsd = costOf(sampleProgram('tiny.freebsd'));
    assert.match(String(beforeIn(entries, 'build/c', whole, true)), /no entry for build\/c\./);
    assert.match(String(beforeIn(entries, 'build/b', whole, true)), /build\/b with aslr true\./);
    assert.match(
      String(beforeIn(entries, 'build/a', bsd, true)),
      /build\/a on linux-x86-64; the program is for freebsd-4\.8-i386 now/,
    );
  });
});
