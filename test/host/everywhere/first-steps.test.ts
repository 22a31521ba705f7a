import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import { activate, activeTab, closeEverything, until } from '../support/host.js';

describe('The sample that comes along', () => {
  before(activate);
  afterEach(closeEverything);

  it('opens with the cursor on its variable, and its estimate beside', async () => {
    const { statusText } = await activate();
    await commands.executeCommand('pagecost.openSample');
    await until('the panel', () => activeTab()?.label === 'Cost of tiny-nolibc');
    await until('the figure', statusText);
    const editor = window.visibleTextEditors.find(({ document }) =>
      document.uri.path.endsWith('/sample/tiny-nolibc.c'),
    );
    assert(editor);
    const { document, selection } = editor;
    assert.equal(document.getText(document.getWordRangeAtPosition(selection.active)), 'left');
    assert.equal(window.tabGroups.all.length, 2);
  });
});
