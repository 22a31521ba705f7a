import assert from 'node:assert/strict';
import manifest from '../../package.json';
import texts from '../../package.nls.json';
import { MAX_PROCESSES } from '../../src/model/total.js';
import { WHAT_IFS } from '../../src/model/what-ifs.js';
import { SYSTEMS } from '../../src/system/systems.js';

describe('The manifest', () => {
  it('tells language models of every system and what-if, and of the numbers allowed', () => {
    const { properties } = manifest.contributes.languageModelTools[0]?.inputSchema ?? assert.fail();
    assert.deepEqual(
      properties.system.enum,
      SYSTEMS.map(({ id }) => id),
    );
    assert.deepEqual(
      properties.whatIfs.items.enum,
      WHAT_IFS.map(({ id }) => id),
    );
    assert.equal(properties.processes.minimum, 1);
    assert.equal(properties.processes.maximum, MAX_PROCESSES);
  });

  it('has a text for each name it refers to, and refers to each text', () => {
    const named = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(named)].sort(), Object.keys(texts).sort());
  });
});
