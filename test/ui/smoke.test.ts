import assert from 'node:assert/strict';
import { start, type Workbench } from './workbench.js';

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
    assert.deepEqual(workbench.errors, []);
  });
});
