import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { temporaryFolder } from './files.js';
import { pointAt } from './hover.js';
import { hasText, picturesOfFailures, start, WIDE, type Workbench } from './workbench.js';

describe('a hover in code', () => {
  const workspace = temporaryFolder('test/fixtures/counters');
  let workbench: Workbench;
  let panel: FrameLocator;
  let hover: Locator;
  before(async () => {
    const settings = {
      'workbench.editorAssociations': { counters: 'pagecost.estimate' },
      'pagecost.codeLens': true,
      'editor.hover.delay': 50,
    };
    workbench = await start(workspace, settings, { viewport: WIDE });
    panel = workbench.panelFrame();
    hover = workbench.page.locator('.monaco-hover:visible', { hasText: 'estimate' });
    await workbench.untilKnown();
    await workbench.openFromExplorer('counters');
    await panel.getByRole('heading').first().waitFor();
  });
  picturesOfFailures(() => workbench);
  after(() => workbench.stop());

  /** Opens a file and points at a word of a line that has such a text, until there is a hover. */
  async function pointIn(file: string, text: string, word: string): Promise<void> {
    const { page } = workbench;
    await page.mouse.move(0, 0);
    await hover.waitFor({ state: 'hidden' });
    await workbench.openFromExplorer(file);
    await page.locator('.tab.active', { hasText: file }).waitFor();
    await pointAt(page, text, word, hover);
  }

  it('says in C what a variable costs', async () => {
    await pointIn('main.c', 'static char table', 'table');
    await hasText(hover, /Per process\s+8 KiB, 2 private pages/);
    await workbench.screenshot('code-hover-c');
  });

  it('says above its definition which pages are there for it alone', async () => {
    await workbench.openFromExplorer('main.c');
    const lens = workbench.page.locator('.codelens-decoration a');
    await hasText(lens, '8 KiB in .bss, 2 private pages of its own · ×10,000: 78.1 MiB');
  });

  it('says in a linker script what a region and an output section cost', async () => {
    await pointIn('counters.ld', 'DATA (rw)', 'DATA');
    await hasText(hover, /Memory region.*Sections\s+\.data, \.bss/s);
    await workbench.screenshot('code-hover-region');
    await pointIn('counters.ld', '*(.bss.hot)', '.bss.hot');
    await hasText(hover, /this script puts it here/);
  });

  it('says in assembler what a label costs, and leads to its page in the panel', async () => {
    const { page } = workbench;
    await pointIn('entry.s', 'ticks:', 'ticks');
    await hasText(hover, /Variable.*Section\s+\.data/s);
    await workbench.screenshot('code-hover-s');
    await hover.getByText('Show its page in the estimate').click();
    await page.locator('.tab.active', { hasText: 'Cost of counters' }).waitFor();
    // The keyboard is in the map, at the page, and a screen reader says it.
    await hasText(panel.locator('[role=treeitem]:focus'), /0x600000/);
    await hasText(panel.locator('.address-space [role=status]'), /^0x600000 · 1 page private/);
    assert.equal(await panel.locator('.cell-focus').count(), 1);
    await workbench.screenshot('code-page');
  });

  it('leads to another page in the panel that is there, by the keyboard, and is out of its way', async () => {
    const { page } = workbench;
    await pointIn('main.c', 'static char table', 'table');
    await hover.getByText('Show its page in the estimate').focus();
    await page.keyboard.press('Enter');
    await hover.waitFor({ state: 'hidden' });
    await hasText(panel.locator('.address-space [role=status]'), /^0x601000 · 1 page private/);
    await page.keyboard.press('ArrowRight');
    await hasText(panel.locator('.address-space [role=status]'), /^0x602000 · 1 page private/);
    assert.deepEqual(workbench.errors, []);
  });
});
