import assert from 'node:assert/strict';
import { percent } from '../../src/format.js';

describe('A share in percent', () => {
  it('is never nothing of something', () => {
    assert.deepEqual([0, 16 / 500_000, 0.0005, 0.0444, 0.9995, 1].map(percent), [
      '0 %',
      '< 0.1 %',
      '0.1 %',
      '4.4 %',
      '100 %',
      '100 %',
    ]);
  });
});
