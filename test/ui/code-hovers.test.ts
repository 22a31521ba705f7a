import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { ROOT } from '../../scripts/root.mjs';
import { hasText, picturesOfFailures, start, WIDE, type Workbench } from './workbench.js';

const POINTING_TRIES = 10;

for (const theme of ['light', 'dark'] as const) {
  describe(`a hover in code, ${theme}`, () => {
    const workspace = mkdtempSync(join(tmpdir(), 'pagecost-hovers-'));
    let workbench: Workbench;
    let panel: FrameLocator;
    let hover: Locator;
    before(async () => {
      cpSync(join(ROOT, 'test/fixtures/counters'), workspace, { recursive: true });
      const settings = {
        'workbench.editorAssociations': { counters: 'pagecost.estimate' },
        'pagecost.codeLens': true,
        'editor.hover.delay': 50,
      };
      workbench = await start(workspace, settings, { theme, viewport: WIDE });
      const { page } = workbench;
      panel = workbench.panelFrame();
      hover = page.locator('.monaco-hover:visible', { hasText: 'estimate' });
      await workbench.untilKnown();
      await workbench.openFromExplorer('counters');
      await panel.getByRole('heading').first().waitFor();
    });
    picturesOfFailures(() => workbench);
    after(async () => {
      await workbench.stop();
      rmSync(workspace, { recursive: true });
    });

    /** Opens a file and points at a word of a line that has such a text, until there is a hover. */
    async function pointAt(file: string, text: string, word: string): Promise<void> {
      const { page } = workbench;
      await page.mouse.move(0, 0);
      await hover.waitFor({ state: 'hidden' });
      await workbench.openFromExplorer(file);
      await page.locator('.tab.active', { hasText: file }).waitFor();
      const line = page.locator('.view-line', { hasText: text }).first();
      for (let tries = 0; tries < POINTING_TRIES; tries++) {
        // A lens that comes moves the lines below it.
        const at = (await placeOf(word, line)) ?? assert.fail(`${word} is not in the line.`);
        await page.mouse.move(at.x, at.y, { steps: 3 });
        const shown = await hover.waitFor({ timeout: 5_000 }).then(
          () => true,
          () => false,
        );
        if (shown) return;
        await page.mouse.move(0, 0);
      }
      assert.fail(`No hover on ${word}.`);
    }

    it('says in C what a variable costs', async () => {
      await pointAt('main.c', 'static char table', 'table');
      await hasText(hover, /Per process\s+8 KiB, 2 private pages/);
      await workbench.screenshot(`code-hover-c-${theme}`);
    });

    it('says above its definition which pages are there for it alone', async () => {
      const lens = workbench.page.locator('.codelens-decoration a');
      await hasText(lens, '8 KiB in .bss, 2 private pages of its own · ×10,000: 78.1 MiB');
    });

    it('says in a linker script what a region and an output section cost', async () => {
      await pointAt('counters.ld', 'DATA (rw)', 'DATA');
      await hasText(hover, /Memory region.*Sections\s+\.data, \.bss/s);
      await workbench.screenshot(`code-hover-region-${theme}`);
      await pointAt('counters.ld', '*(.bss.hot)', '.bss.hot');
      await hasText(hover, /this script puts it here/);
    });

    it('says in assembler what a label costs, and leads to its page in the panel', async () => {
      const { page } = workbench;
      await pointAt('entry.s', 'ticks:', 'ticks');
      await hasText(hover, /Variable.*Section\s+\.data/s);
      await workbench.screenshot(`code-hover-s-${theme}`);
      await hover.getByText('Show its page in the estimate').click();
      await page.locator('.tab.active', { hasText: 'Cost of counters' }).waitFor();
      // The keyboard is in the map, at the page, and a screen reader says it.
      await hasText(panel.locator('[role=treeitem]:focus'), /0x600000/);
      await hasText(panel.locator('.address-space [role=status]'), /^0x600000 · 1 page private/);
      assert.equal(await panel.locator('.cell-focus').count(), 1);
      await workbench.screenshot(`code-page-${theme}`);
    });

    it('leads to another page in the panel that is there, by the keyboard', async () => {
      const { page } = workbench;
      await pointAt('main.c', 'static char table', 'table');
      await hover.getByText('Show its page in the estimate').focus();
      await page.keyboard.press('Enter');
      await hasText(panel.locator('.address-space [role=status]'), /^0x601000 · 1 page private/);
      await page.keyboard.press('ArrowRight');
      await hasText(panel.locator('.address-space [role=status]'), /^0x602000 · 1 page private/);
      assert.deepEqual(workbench.errors, []);
    });
  });
}

/** The middle of a word in a line of code, whose parts are elements. */
const placeOf = (word: string, line: Locator) =>
  line.evaluate((element, name) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const start = node.textContent?.indexOf(name) ?? -1;
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + name.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    return undefined;
  }, word);
