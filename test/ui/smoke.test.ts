import assert from 'node:assert/strict';
import { hasText, start, type Workbench } from './workbench.js';

describe('the workbench', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await start('sample');
  });
  after(() => workbench.stop());

  it('shows the sample, with the extension installed and no error in the page', async () => {
    await workbench.runCommand('Explorer: Focus on Folders View');
    await workbench.openFromExplorer('tiny.c');
    await workbench.page.locator('.view-line', { hasText: 'int main' }).first().waitFor();
    await workbench.runCommand('Pagecost: Estimate 10k-Process Cost');
    const list = workbench.page.locator('.quick-input-widget');
    await hasText(list.locator('.quick-input-title'), 'tiny.c is not a program');
    const row = workbench.listed('tiny-glibc-static');
    await row.waitFor();
    // At the top of the folder: no place to say.
    assert.match((await row.getAttribute('aria-label')) ?? '', /^tiny-glibc-static, [\d.]+ KiB, /);
    assert.deepEqual(workbench.errors, []);
  });
});
