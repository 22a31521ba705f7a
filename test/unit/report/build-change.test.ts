import assert from 'node:assert/strict';
import { changeInBytes } from '../../../src/report/build-change.js';

const cost = (bytes: number, incomplete = false) => ({ bytes, incomplete });

describe('What a build changed', () => {
  it('has its sign', () => {
    assert.equal(changeInBytes({ before: cost(4096), after: cost(8192) }), '+4 KiB');
    assert.equal(changeInBytes({ before: cost(8192), after: cost(4096) }), '−4 KiB');
  });

  it('is not sure where one of the costs is not, or both', () => {
    assert.equal(changeInBytes({ before: cost(0), after: cost(4096, true) }), '≥ +4 KiB');
    assert.equal(changeInBytes({ before: cost(0, true), after: cost(4096) }), '≤ +4 KiB');
    assert.equal(changeInBytes({ before: cost(0, true), after: cost(4096, true) }), '~ +4 KiB');
  });
});
