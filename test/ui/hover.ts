import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { comes } from './workbench.js';

const TRIES = 20;
const HOVER_MS = 5_000;

/** Points at a word of the first line of code with such a text until there is a hover. */
export const pointAt = (page: Page, text: string | RegExp, word: string, hover: Locator) =>
  untilHover(hover, async () => {
    await page.mouse.move(0, 0);
    // Lines are drawn anew, and a lens that comes moves those below it.
    const at = await placeOf(word, page.locator('.view-line', { hasText: text }).first());
    if (at) await page.mouse.move(at.x, at.y, { steps: 3 });
  });

/** Asks for a hover until there is one: the extension may be on its way. */
export async function untilHover(hover: Locator, ask: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    await ask();
    if (await comes(hover, HOVER_MS)) return;
  }
  assert.fail('There is no hover.');
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
