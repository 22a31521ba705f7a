import assert from 'node:assert/strict';
import { type Memento, Uri } from 'vscode';
import { circumstancesOf } from '../../../src/editor/builds/circumstances.js';
import { createLastBuilds } from '../../../src/editor/builds/last-builds.js';

/** Keeps what it is told, as text, as VS Code does. */
function createMemory(): Memento {
  const texts = new Map<string, string>();
  return {
    keys: () => [...texts.keys()],
    get: (key: string) => JSON.parse(texts.get(key) ?? 'null') ?? undefined,
    update: async (key, value) => void texts.set(key, JSON.stringify(value)),
  };
}

const PROGRAM = Uri.parse('file:///server');
const cost = (bytes: number, incomplete = false) => ({
  perProcess: { bytes, privateBytes: bytes, pageTableBytes: 0, kernelBytes: 0 },
  incomplete,
  circumstances: circumstancesOf(PROGRAM),
});

describe('What the last build changed', () => {
  let memory: Memento;
  /** As after a reload of the window. */
  const again = () => createLastBuilds(memory);
  beforeEach(() => {
    memory = createMemory();
    const builds = again();
    builds.note(PROGRAM, cost(1000));
    builds.note(PROGRAM, cost(3000, true));
  });
  const CHANGE = {
    before: { bytes: 1000, incomplete: false },
    after: { bytes: 3000, incomplete: true },
  };

  it('is known after a reload, once the program is seen to cost the same', () => {
    const builds = again();
    assert.equal(builds.changeOf(PROGRAM), undefined);
    builds.note(PROGRAM, cost(3000, true));
    assert.deepEqual(builds.changeOf(PROGRAM), CHANGE);
    assert.equal(builds.changeOf(PROGRAM), builds.changeOf(PROGRAM));
    assert.equal(builds.buildBefore(PROGRAM), undefined);
  });

  it('is forgotten where there were builds since, however many', () => {
    const builds = again();
    builds.note(PROGRAM, cost(2000));
    assert.equal(builds.changeOf(PROGRAM), undefined);
    const later = again();
    later.note(PROGRAM, cost(3000, true));
    assert.equal(later.changeOf(PROGRAM), undefined);
  });

  it('is news until somebody looks, over reloads', () => {
    const builds = again();
    builds.note(PROGRAM, cost(3000, true));
    assert.deepEqual(builds.newsOf(PROGRAM), CHANGE);
    builds.seen(PROGRAM);
    assert.equal(builds.newsOf(PROGRAM), undefined);
    const later = again();
    later.note(PROGRAM, cost(3000, true));
    assert.equal(later.newsOf(PROGRAM), undefined);
    assert.deepEqual(later.changeOf(PROGRAM), CHANGE);
    later.note(PROGRAM, cost(4000));
    assert.equal(later.newsOf(PROGRAM)?.before.bytes, 3000);
  });

  it('is not taken from another version, whose costs may be others', async () => {
    const [key = ''] = memory.keys();
    await memory.update(key, { ...memory.get<object>(key), version: '0.0.1' });
    const builds = again();
    builds.note(PROGRAM, cost(3000, true));
    assert.equal(builds.changeOf(PROGRAM), undefined);
  });

  it('is kept of the programs that were built last', () => {
    const builds = again();
    const at = (i: number) => PROGRAM.with({ path: `/${i}` });
    for (let i = 0; i < 150; i++) {
      builds.note(at(i), cost(1));
      builds.note(at(i), cost(2));
    }
    const later = again();
    for (const i of [0, 149]) later.note(at(i), cost(2));
    assert.equal(later.changeOf(at(0)), undefined);
    assert.notEqual(later.changeOf(at(149)), undefined);
  });
});
