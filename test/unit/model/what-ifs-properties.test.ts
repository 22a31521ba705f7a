import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Conditions, estimate } from '../../../src/model/estimate.js';
import { isLessKnown, savings } from '../../../src/model/savings.js';
import { choose, excludes } from '../../../src/model/what-if.js';
import { WHAT_IFS } from '../../../src/model/what-ifs.js';
import { cLibraryOn } from '../../../src/system/c-library.js';
import { detectCLibrary } from '../../../src/system/detect.js';
import type { System } from '../../../src/system/system.js';
import { SYSTEMS } from '../../../src/system/systems.js';
import { programs, workloads } from '../../support/random-programs.js';
import { conditions, sampleProgram } from '../../support/sample.js';
import { assertSound } from '../../support/sound-cost.js';

const IDS = WHAT_IFS.map(({ id }) => id);
const samples = fc
  .constantFrom(
    'tiny.freebsd',
    'tiny-split.freebsd',
    'tiny-musl',
    'tiny-glibc-static',
    'tiny-nolibc',
  )
  .map(sampleProgram);

/** Requests as small as what is left behind a bss. */
const busy = fc
  .tuple(workloads, fc.array(fc.nat(400), { minLength: 1, maxLength: 6 }))
  .map(([workload, heap]) => ({ ...workload, heap }));

const subjects = fc.record({
  program: fc.oneof(samples, programs),
  workload: fc.oneof(workloads, busy),
  aslr: fc.boolean(),
  ids: fc.shuffledSubarray(IDS),
});

const always = (holds: (on: Asked) => void, numRuns = 60) =>
  fc.assert(
    fc.property(subjects, ({ program, workload, aslr, ids }) =>
      holds({ program, ids, plain: conditions(workload, { aslr }) }),
    ),
    { numRuns },
  );

interface Asked {
  readonly program: ReturnType<typeof sampleProgram>;
  readonly ids: readonly string[];
  readonly plain: Conditions;
}

describe('any set of what-ifs', () => {
  it('makes a cost whose rows sum to its totals, none of them negative', () => {
    always(({ program, ids, plain }) => {
      const { cost } = estimate(program, { ...plain, whatIfs: ids });
      if (cost) assertSound(cost);
    }, 150);
  });

  it('has the same result in any order, each of them once', () => {
    always(({ program, ids, plain }) => {
      const one = estimate(program, { ...plain, whatIfs: ids });
      const other = estimate(program, { ...plain, whatIfs: [...ids, ...ids].reverse() });
      assert.deepEqual(other.cost, one.cost);
      const said = ({ leftOut }: typeof one) =>
        new Set(leftOut.map(({ id, reason }) => id + reason));
      assert.deepEqual(said(other), said(one));
    });
  });

  it('has each one that was asked for in it, or left out with a reason', () => {
    always(({ program, ids, plain }) => {
      const { cost, leftOut } = estimate(program, { ...plain, whatIfs: ids });
      if (!cost) return;
      const left = leftOut.map(({ id }) => id);
      assert.deepEqual([...cost.whatIfs, ...left].sort(), [...ids].sort());
      for (const { reason } of leftOut) assert.match(reason, /\.$/);
      const chosen = WHAT_IFS.filter(({ id }) => cost.whatIfs.includes(id));
      for (const a of chosen) for (const b of chosen) assert.ok(a === b || !excludes(a, b));
    });
  });

  it('that is empty, or of ids nobody knows, is the plain estimate', () => {
    always(({ program, plain }) => {
      const { cost } = estimate(program, plain);
      assert.deepEqual(estimate(program, { ...plain, whatIfs: [] }).cost, cost);
      const { cost: same, leftOut } = estimate(program, { ...plain, whatIfs: ['free-lunch'] });
      assert.deepEqual(same, cost);
      assert.deepEqual(leftOut, [{ id: 'free-lunch', reason: 'There is no such what-if.' }]);
    }, 20);
  });

  it('saves alone what savings() says of it', () => {
    always(({ program, plain }) => {
      const { cost } = estimate(program, plain);
      if (!cost) return;
      for (const { whatIf, obstacle, perProcess, sharedOnce } of savings(program, plain, cost)) {
        const { cost: with1, leftOut } = estimate(program, { ...plain, whatIfs: [whatIf.id] });
        if (leftOut.length > 0 || !with1) {
          assert.ok(obstacle, whatIf.id);
          assert.deepEqual([perProcess, sharedOnce], [0, 0]);
        } else {
          // Nothing that is not known now goes away: the saving would have no bound.
          assert.ok(!isLessKnown(cost, with1), whatIf.id);
          assert.equal(perProcess, cost.perProcess.bytes - with1.perProcess.bytes, whatIf.id);
          assert.equal(sharedOnce, cost.sharedOnceBytes - with1.sharedOnceBytes, whatIf.id);
        }
      }
    }, 15);
  });

  it('that changes the subject only is the model on the changed subject', () => {
    const pure = WHAT_IFS.filter((w) => w.origin === 'june-2003' && !w.layout && !w.rows);
    assert.ok(pure.length >= 5);
    always(({ program, ids, plain }) => {
      const whatIfs = ids.filter((id) => pure.some((whatIf) => whatIf.id === id));
      const { cost } = estimate(program, { ...plain, whatIfs });
      if (!cost) return;
      const system = SYSTEMS.find(({ id }) => id === cost.system);
      const detected = detectCLibrary(program.binary, system as System).id;
      const { subject } = choose(pure, whatIfs, {
        ...plain,
        program,
        system: system as System,
        cLibrary: cLibraryOn(detected, (system as System).machine),
      });
      const { cost: changed } = estimate(subject.program, { ...plain, ...subject });
      assert.deepEqual({ ...changed, whatIfs: cost.whatIfs }, cost);
    });
  });
});
