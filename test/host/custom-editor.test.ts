import assert from 'node:assert/strict';
import { commands, Uri } from 'vscode';
import { activate, closeEverything, until } from './support/host.js';

describe('Custom editor of a program of this machine', () => {
  afterEach(closeEverything);

  it('shows what it costs, libraries included', async () => {
    const { statusText } = await activate();
    await commands.executeCommand('vscode.openWith', Uri.file('/bin/cat'), 'pagecost.estimate');
    const figure = await until('the figure', statusText);
    assert.match(figure, /^\d{3}(\.\d)? KiB · ×10,000: [1-9]\.\d+ GiB$/);
  });
});
