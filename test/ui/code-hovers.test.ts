import assert from 'node:assert/strict';
import { start, type Workbench } from './workbench.js';

describe('a hover in code', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await start('sample');
  });
  after(() => workbench.stop());

  it('says what a variable costs, and leads to the panel', async () => {
    const { page } = workbench;
    await workbench.runCommand('Explorer: Focus on Folders View');
    await workbench.openFromExplorer('tiny-nolibc');
    await workbench.panelFrame().getByRole('heading').first().waitFor();
    await workbench.openFromExplorer('tiny-nolibc.c');
    const line = page.locator('.view-line > span', { hasText: 'static struct timespec left;' });
    await line.waitFor();
    const { width, height } = (await line.boundingBox()) ?? assert.fail();
    // The last letters of the line, before the semicolon.
    const position = { x: (width * 25.5) / 28, y: height / 2 };
    await line.hover({ position });
    const hover = page.locator('.monaco-hover', { hasText: 'Variable' });
    await hover.waitFor();
    assert.match(await hover.innerText(), /Per process\s+4 KiB, 1 private page/);
    await workbench.screenshot('code-hover');
    await hover.getByText('Show the estimate').click();
    await page.locator('.tab', { hasText: 'Cost of tiny-nolibc' }).waitFor();
    assert.deepEqual(workbench.errors, []);
  });
});
