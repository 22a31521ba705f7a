import assert from 'node:assert/strict';
import { commands, TabInputCustom } from 'vscode';
import { activate, activeTab, closeEverything, sample, until } from '../support/host.js';

describe('Custom editor of a file of the workspace', () => {
  beforeEach(closeEverything);
  afterEach(closeEverything);

  it('shows what it costs', async () => {
    const { statusText } = await activate();
    const uri = sample('tiny.freebsd');
    await commands.executeCommand('vscode.openWith', uri, 'pagecost.estimate');
    const input = activeTab()?.input;
    assert(input instanceof TabInputCustom);
    assert.equal(input.viewType, 'pagecost.estimate');
    assert.equal(input.uri.path, uri.path);
    // The panel says what it shows: it was loaded, given the program, and estimated it. What the kernel
    // of FreeBSD 4.8 takes for a process is not known in full.
    const figure = await until('the figure', statusText);
    assert.match(figure, /^≥ 28 KiB · ×10,000: ≥ 273\.4 MiB$/);
  });
});
