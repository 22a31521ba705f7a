import assert from 'node:assert/strict';
import { commands, TabInputWebview, ViewColumn, window, workspace } from 'vscode';
import {
  activate,
  activeTab,
  closeEverything,
  sample,
  unanswered,
  until,
} from '../support/host.js';
import { hoversOn } from '../support/hovers.js';

const panels = () =>
  window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof TabInputWebview);

describe('Panel', () => {
  afterEach(closeEverything);

  it('opens beside the binary in front, for 10,000 processes', async () => {
    const { statusText } = await activate();
    await commands.executeCommand('vscode.openWith', sample('tiny.freebsd'), 'pagecost.estimate');
    await commands.executeCommand('pagecost.estimate10k');
    const tab = await until('the panel', () =>
      panels().find(({ label }) => label === 'Cost of tiny.freebsd'),
    );
    assert.equal(tab.group.viewColumn, ViewColumn.Two);
    assert.match(await until('the figure', statusText), /×10,000: /);
  });

  it('is one for a binary, and takes another number of processes', async () => {
    const { statusText } = await activate();
    const shows = (figure: RegExp) => until(`${figure}`, () => figure.test(statusText() ?? ''));
    await commands.executeCommand('pagecost.estimateN', sample('tiny.freebsd'), 25);
    await shows(/×25: /);
    await commands.executeCommand('pagecost.estimate10k', sample('tiny.freebsd'));
    await shows(/×10,000: /);
    assert.equal(panels().length, 1);
    await commands.executeCommand('pagecost.estimate10k', sample('tiny-musl'));
    await until('a second panel', () => panels().length === 2);
  });

  it('takes another number of processes while it is hidden', async () => {
    const { statusText } = await activate();
    await commands.executeCommand('pagecost.estimate10k', sample('tiny.freebsd'));
    await until('the figure', statusText);
    const { viewColumn } = activeTab()?.group ?? {};
    await window.showTextDocument(sample('tiny.c'), { viewColumn: viewColumn ?? ViewColumn.One });
    await until('its name', () => statusText()?.startsWith('tiny.freebsd: '));
    await commands.executeCommand('pagecost.estimateN', sample('tiny.freebsd'), 7);
    await until('×7', () => statusText()?.includes('×7: '));
  });

  it('keeps the status bar while one writes code beside it', async () => {
    const { statusText } = await activate();
    await window.showTextDocument(sample('tiny.c'));
    await commands.executeCommand('pagecost.estimate10k', sample('tiny.freebsd'));
    const figure = await until('the figure', statusText);
    const document = await workspace.openTextDocument(sample('tiny.c'));
    await window.showTextDocument(document, { viewColumn: ViewColumn.One });
    await until('the code in front', () => window.tabGroups.activeTabGroup.viewColumn === 1);
    // What a hover needs is all that the status bar would say of the code's program.
    await hoversOn(document, 'main');
    assert.equal(statusText(), figure);
    await commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
    await until('its name', () => statusText() === `tiny.freebsd: ${figure}`);
  });

  it('opens for the text of the sections, too', async () => {
    const { statusText } = await activate();
    await commands.executeCommand('pagecost.showSections', sample('tiny-musl'));
    await commands.executeCommand('pagecost.estimate10k');
    await until('the panel', () => panels().some(({ label }) => label === 'Cost of tiny-musl'));
    await until('the figure', statusText);
  });

  it('is not asked for by a text file', async () => {
    await activate();
    await window.showTextDocument(sample('tiny.c'));
    await unanswered(commands.executeCommand('pagecost.estimate10k'));
    assert.equal(panels().length, 0);
  });
});
