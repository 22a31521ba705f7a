import assert from 'node:assert/strict';
import { commands, TabInputCustom, window } from 'vscode';
import { activate, activeTab, closeEverything, fixture, sample, until } from '../support/host.js';

describe('Hostile files', () => {
  before(activate);
  afterEach(closeEverything);

  for (const name of ['hostile-names', 'hostile-dynamic']) {
    it(`${name}: opens in panel and text, and leaves the next estimate alone`, async () => {
      const { statusText } = await activate();
      await commands.executeCommand('pagecost.estimate', fixture(name));
      assert(activeTab()?.input instanceof TabInputCustom);
      await commands.executeCommand('pagecost.showSections', fixture(name));
      const text = window.activeTextEditor?.document.getText() ?? '';
      assert.match(text, new RegExp(`^Pagecost sections of ${name}\nELF`));
      await commands.executeCommand('pagecost.estimateN', sample('tiny.freebsd'), 3);
      await until('the next figure', () => statusText()?.includes(' ×3: '));
    });
  }
});
