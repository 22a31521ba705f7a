import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_PROCESSES } from '../../../src/model/total.js';
import { PROCESS_STEPS, processesAt, stepOf } from '../../../webview/view-model/process-scale.js';

describe('the scale of process counts', () => {
  it('goes from one to a million, through ten thousand, in ascending whole numbers', () => {
    assert.equal(PROCESS_STEPS[0], 1);
    assert.equal(PROCESS_STEPS.at(-1), MAX_PROCESSES);
    assert.ok(PROCESS_STEPS.includes(10_000));
    for (const [index, step] of PROCESS_STEPS.entries()) {
      assert.ok(Number.isInteger(step));
      if (index > 0) assert.ok(step > (PROCESS_STEPS[index - 1] as number));
    }
  });

  it('is logarithmic: from ten on, each step is a quarter above the last, give or take', () => {
    const steps = PROCESS_STEPS.filter((step) => step >= 10);
    for (const [index, step] of steps.entries()) {
      const ratio = step / (steps[index - 1] ?? step / 1.26);
      assert.ok(ratio > 1.15 && ratio < 1.35, `${step}: ${ratio}`);
    }
  });

  it('finds its way back from a count to the position', () => {
    for (const [position, step] of PROCESS_STEPS.entries()) {
      assert.equal(processesAt(position), step);
      assert.equal(stepOf(step), position);
    }
  });

  it('puts any count within half a step of where it belongs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: MAX_PROCESSES }), (processes) => {
        const ratio = processesAt(stepOf(processes)) / processes;
        assert.ok(ratio > 1 / 1.17 && ratio < 1.17, String(ratio));
      }),
    );
  });

  it('stays on the scale for positions off it', () => {
    assert.equal(processesAt(-5), 1);
    assert.equal(processesAt(1000), MAX_PROCESSES);
  });
});
