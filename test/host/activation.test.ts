import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { Disposable, type ExtensionContext, extensions, workspace } from 'vscode';
import { fixture, isActive, until } from './support/host.js';

const BUNDLE = join('dist', 'extension.js');

// Its name is the first of the folder: nothing may have started the extension before.
describe('Activation', () => {
  it('does not happen at start-up', () => assert.equal(isActive(), false));

  it('loads one file', function () {
    const runs = Array.from({ length: 5 }, loadAndActivate);
    for (const { files } of runs) assert.deepEqual(files, [BUNDLE]);
    const times = runs.map(({ took }) => took);
    // For the bench, which reads it in the list of tests.
    if (this.test) {
      this.test.title += `: ${Math.min(...times).toFixed(1)} ms with loading, ${times[0]?.toFixed(1)} ms at first`;
    }
  });

  it('happens when a linker script is opened', async () => {
    await workspace.openTextDocument(fixture('counters/counters.ld'));
    await until('the extension', isActive);
  });
});

/** Loads the bundle anew, activates it, and takes that back: in ms, and the files that were loaded. */
function loadAndActivate() {
  const { extensionPath } = extensions.getExtension('pagecost.pagecost') ?? {};
  assert(extensionPath);
  const bundle = join(extensionPath, BUNDLE);
  const load = createRequire(bundle);
  delete load.cache[bundle];
  const before = new Set(Object.keys(load.cache));
  const subscriptions: Disposable[] = [];
  const start = performance.now();
  load(bundle).activate({ subscriptions } as Partial<ExtensionContext>);
  const took = performance.now() - start;
  Disposable.from(...subscriptions).dispose();
  const loaded = Object.keys(load.cache).filter((file) => !before.has(file));
  return { took, files: loaded.map((file) => relative(extensionPath, file)) };
}
