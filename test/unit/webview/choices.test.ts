import assert from 'node:assert/strict';
import type { PanelState } from '../../../src/protocol.js';
import { BERNSTEIN_TEXT, choicesFor, toggled } from '../../../webview/choices.js';
import { parseHeap } from '../../../webview/view-model/parse-heap.js';

const SAVED: PanelState = {
  uri: 'file:///a',
  processes: 500,
  systemId: 'linux-x86-64',
  aslr: false,
  ram: '1 GiB',
  heap: '16, 32',
  written: true,
  expanded: ['heap'],
};

describe('the panel’s choices', () => {
  it('begin with the settings', () => {
    const choices = choicesFor('file:///a', undefined, { processes: 20_000, aslr: false });
    assert.equal(choices.processes, 20_000);
    assert.equal(choices.aslr, false);
    assert.equal(choicesFor('file:///a', undefined, { processes: 1 }).aslr, true);
  });

  it('are those of the last time for the same file', () => {
    assert.deepEqual(choicesFor('file:///a', SAVED, { processes: 1 }), SAVED);
  });

  it('keep what is about the machine, and drop what was about the program, for another file', () => {
    assert.deepEqual(choicesFor('file:///b', SAVED, { processes: 1 }), {
      uri: 'file:///b',
      processes: 500,
      systemId: undefined,
      aslr: false,
      ram: '1 GiB',
      heap: '',
      written: false,
      expanded: [],
    });
  });

  it('are whole where an older version left something out', () => {
    const { ram, ...older } = SAVED;
    const choices = choicesFor('file:///a', older as PanelState, { processes: 1 });
    assert.notEqual(choices.ram, undefined);
    assert.notEqual(choices.ram, ram);
  });

  it('open and close rows', () => {
    assert.deepEqual(toggled(['a'], 'b'), ['a', 'b']);
    assert.deepEqual(toggled(['a', 'b'], 'a'), ['b']);
  });

  it('offer Bernstein’s requests as the field reads them', () => {
    assert.deepEqual(parseHeap(BERNSTEIN_TEXT), { ok: true, requests: [360, 80, 180, 16, 440] });
  });
});
