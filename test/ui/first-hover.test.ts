import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ROOT } from '../../scripts/root.mjs';
import { hasText, picturesOfFailures, start, type Workbench } from './workbench.js';

const TRIES = 20;

// Nothing of the extension was used before, and VS Code itself knows none of these languages.
describe('the first hover in a window', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'pagecost-first-'));
  let workbench: Workbench;
  let hover: Locator;
  before(() => cpSync(join(ROOT, 'test/fixtures/counters'), workspace, { recursive: true }));
  beforeEach(async () => {
    workbench = await start(workspace);
    hover = workbench.page.locator('.monaco-hover:visible', { hasText: 'estimate' });
  });
  picturesOfFailures(() => workbench);
  afterEach(async () => {
    await workbench.stop();
  });
  after(() => rmSync(workspace, { recursive: true }));

  /** Does something until there is a hover: the extension may be on its way. */
  async function untilHover(ask: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      await ask();
      const shown = hover.waitFor({ timeout: 3_000 });
      if (tries === TRIES) return shown;
      if (
        await shown.then(
          () => true,
          () => false,
        )
      )
        return;
    }
  }

  it('may be in a linker script', async () => {
    const { page } = workbench;
    await workbench.openFromExplorer('counters.ld');
    const word = page.locator('.view-line', { hasText: /^MEMORY$/ }).locator('span span');
    await untilHover(async () => {
      await page.mouse.move(0, 0);
      await word.hover();
    });
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
    await untilHover(async () => {
      await page.keyboard.press('Control+k');
      await page.keyboard.press('Control+i');
    });
    await hasText(hover, /Variable.*Section\s+\.data/s);
    await page.locator('.statusbar-item', { hasText: 'Plain Text' }).waitFor();
    await workbench.screenshot('first-hover-s');
  });
});
