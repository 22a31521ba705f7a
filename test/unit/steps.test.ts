import assert from 'node:assert/strict';
import { atOnce, inSlices, type Steps } from '../../src/steps.js';

/** So many steps, of so many ms each. */
function* steps(count: number, ms: number): Steps<number> {
  for (let step = 0; step < count; step++) {
    for (const end = performance.now() + ms; performance.now() < end; );
    yield;
  }
  return count;
}

describe('Work in steps', () => {
  it('is done at once', () => assert.equal(atOnce(steps(5, 0)), 5));

  it('is laid aside after some time, while others wait, and not after each step', async () => {
    let others = 0;
    const timer = setInterval(() => others++);
    assert.equal(await inSlices(steps(1000, 0.1)), 1000);
    clearInterval(timer);
    assert(others >= 3, `${others} times`);
    assert(others < 500, `${others} times`);
  });

  it('fails as what it does', async () => {
    function* failing(): Steps<never> {
      yield;
      throw new Error('no');
    }
    assert.throws(() => atOnce(failing()), /no/);
    await assert.rejects(inSlices(failing()), /no/);
  });
});
