import assert from 'node:assert/strict';
import { commands, TabInputCustom, Uri } from 'vscode';
import { activate, activeTab, closeEverything, sample, until } from './support/host.js';

/** What the kernel of FreeBSD 4.8 takes for a process is not known in full. */
const FIGURES = [
  [sample('tiny.freebsd'), /^≥ 28 KiB ×10,000 = 273\.4 MiB$/],
  [Uri.file('/bin/cat'), /^\d{3}(\.\d)? KiB ×10,000 = [1-9]\.\d+ GiB$/],
] as const;

describe('Custom editor', () => {
  afterEach(closeEverything);

  for (const [uri, figure] of FIGURES) {
    it(`shows what ${uri.path.split('/').pop()} costs`, async () => {
      const { statusText } = await activate();
      assert.equal(statusText(), undefined);
      await commands.executeCommand('vscode.openWith', uri, 'pagecost.estimate');
      const input = activeTab()?.input;
      assert(input instanceof TabInputCustom);
      assert.equal(input.viewType, 'pagecost.estimate');
      assert.equal(input.uri.path, uri.path);
      // The panel says what it shows: it was loaded, given the program, and estimated it.
      assert.match(await until('the figure', statusText), figure);
    });
  }
});
