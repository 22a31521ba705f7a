import assert from 'node:assert/strict';
import { commands, TabInputCustom, Uri } from 'vscode';
import { activate, activeTab, closeEverything, sample, until } from './support/host.js';

const FIGURE = /^[\d.]+ [KM]iB ×10,000 = [\d.,]+ [GM]iB$/;

describe('Custom editor', () => {
  afterEach(closeEverything);

  for (const uri of [sample('tiny.freebsd'), Uri.file('/bin/cat')]) {
    it(`shows what ${uri.path.split('/').pop()} costs`, async () => {
      const { statusText } = await activate();
      assert.equal(statusText(), undefined);
      await commands.executeCommand('vscode.openWith', uri, 'pagecost.estimate');
      const input = activeTab()?.input;
      assert(input instanceof TabInputCustom);
      assert.equal(input.viewType, 'pagecost.estimate');
      assert.equal(input.uri.path, uri.path);
      // The panel says what it shows: it was loaded, given the program, and estimated it.
      assert.match(await until('the figure', statusText), FIGURE);
    });
  }
});
