import type { Locator } from 'playwright-core';
import { temporaryFolder } from './files.js';
import { pointAt, untilHover } from './hover.js';
import { hasText, picturesOfFailures, start, type Workbench } from './workbench.js';

// Nothing of the extension was used before, and VS Code itself knows none of these languages.
describe('the first hover in a window', () => {
  const workspace = temporaryFolder('test/fixtures/counters');
  let workbench: Workbench;
  let hover: Locator;
  beforeEach(async () => {
    workbench = await start(workspace);
    hover = workbench.page.locator('.monaco-hover:visible', { hasText: 'estimate' });
  });
  picturesOfFailures(() => workbench);
  afterEach(() => workbench.stop());

  it('may be in a linker script', async () => {
    const { page } = workbench;
    await workbench.openFromExplorer('counters.ld');
    await pointAt(page, /^MEMORY$/, 'MEMORY', hover);
    await hasText(hover, /Loaded segments/);
    await page.locator('.statusbar-item', { hasText: 'Linker Script' }).waitFor();
    await workbench.screenshot('first-hover-ld');
  });

  it('may be in assembler that no extension claims, by the keyboard', async () => {
    const { page } = workbench;
    await workbench.openFromExplorer('entry.s');
    await page
      .locator('.view-line', { hasText: /^ticks:$/ })
      .locator('span span')
      .click();
    await untilHover(hover, async () => {
      await page.keyboard.press('Control+k');
      await page.keyboard.press('Control+i');
    });
    await hasText(hover, /Variable.*Section\s+\.data/s);
    await page.locator('.statusbar-item', { hasText: 'Plain Text' }).waitFor();
    await workbench.screenshot('first-hover-s');
  });
});
