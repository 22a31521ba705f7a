import assert from 'node:assert/strict';
import { pathBelow } from '../../../src/editor/path-names.js';

describe('Names in the path of a URI', () => {
  it('are told from a folder on, which may be the root', () => {
    assert.equal(pathBelow('/project', '/project/build/server'), 'build/server');
    assert.equal(pathBelow('/', '/build/server'), 'build/server');
    assert.equal(pathBelow('/project', '/projects/server'), undefined);
    assert.equal(pathBelow('/project', '/project'), undefined);
  });
});
