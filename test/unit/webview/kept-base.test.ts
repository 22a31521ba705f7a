import assert from 'node:assert/strict';
import type { Base } from '../../../src/protocol.js';
import { keptBase, withBase } from '../../../webview/builds/kept-base.js';
import { choicesFor } from '../../../webview/conditions/choices.js';

const BASE: Base = {
  kind: 'build',
  uri: 'file:///a',
  fileName: 'a',
  program: '{}',
  time: 0,
  whyNoLibraries: undefined,
};
const STATE = choicesFor('file:///a', undefined, { processes: 1 });

describe('what a program is compared with, over a reload', () => {
  it('is kept beside the choices', () => {
    const kept = withBase(STATE, BASE);
    assert.deepEqual(keptBase(kept), { uri: 'file:///a', base: BASE });
    assert.deepEqual(choicesFor('file:///a', kept, { processes: 2 }).base, BASE);
  });

  it('is nothing where there was nothing, or no state', () => {
    assert.equal(keptBase(withBase(withBase(STATE, BASE), undefined)), undefined);
    assert.equal(keptBase(undefined), undefined);
  });

  it('is dropped where another version has made it, or it has no end', () => {
    const older = { ...withBase(STATE, BASE), version: '0.0.1' };
    assert.equal(keptBase(older), undefined);
    const { version, ...oldest } = older;
    assert.equal(keptBase(oldest), undefined);
    const large = { ...BASE, program: ' '.repeat(2 << 20) };
    assert.equal(keptBase(withBase(STATE, large)), undefined);
  });
});
