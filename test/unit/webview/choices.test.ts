import assert from 'node:assert/strict';
import { START_UP } from '../../../src/model/workload.js';
import type { PanelState } from '../../../src/protocol.js';
import {
  BERNSTEIN_TEXT,
  choicesFor,
  toggled,
  workloadOf,
} from '../../../webview/conditions/choices.js';

const SAVED: PanelState = {
  uri: 'file:///a',
  processes: 500,
  systemId: 'linux-x86-64',
  aslr: false,
  ram: '1 GiB',
  heap: '16, 32',
  written: true,
  stack: '65,536',
  bss: '50',
  whatIfs: ['aslr-off'],
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
      stack: '',
      bss: '',
      whatIfs: [],
      expanded: [],
    });
  });

  it('are whole where an older version left something out', () => {
    const { ram, ...older } = SAVED;
    const choices = choicesFor('file:///a', older as PanelState, { processes: 1 });
    assert.notEqual(choices.ram, undefined);
    assert.notEqual(choices.ram, ram);
  });

  it('drop what-ifs that there are no more', () => {
    const saved = { ...SAVED, whatIfs: ['aslr-off', 'of-another-version'] };
    assert.deepEqual(choicesFor('file:///a', saved, { processes: 1 }).whatIfs, ['aslr-off']);
  });

  it('open and close rows', () => {
    assert.deepEqual(toggled(['a'], 'b'), ['a', 'b']);
    assert.deepEqual(toggled(['a', 'b'], 'a'), ['b']);
  });

  it('offer Bernstein’s requests as the field reads them', () => {
    assert.deepEqual(workloadOf({ ...SAVED, heap: BERNSTEIN_TEXT }).heap, [360, 80, 180, 16, 440]);
  });

  it('say what the program does, and nothing where they are empty or make no sense', () => {
    assert.deepEqual(workloadOf(SAVED), {
      ...START_UP,
      heap: [16, 32],
      heapWritten: true,
      stackBytes: 65_536,
      bssTouched: 0.5,
    });
    const nothing = { heap: '', written: false, stack: '', bss: '' };
    assert.deepEqual(workloadOf(nothing), START_UP);
    assert.deepEqual(workloadOf({ ...nothing, heap: 'x', stack: '-1', bss: '101' }), START_UP);
  });
});
