import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Locator } from 'playwright-core';
import { ROOT } from '../../scripts/root.mjs';

const AXE = join(ROOT, 'node_modules/axe-core/axe.min.js');

/** Fails with what axe-core finds wrong with the page an element is in: rule, help, and the elements. */
export async function isAccessible(element: Locator): Promise<void> {
  const handle = await element.elementHandle();
  const frame = await handle?.ownerFrame();
  if (!frame) throw new Error('The element is in no page.');
  // The debugger runs this, and not the page, whose policy would not let it.
  await frame.evaluate(readFileSync(AXE, 'utf8'));
  const { violations } = (await frame.evaluate('axe.run(document)')) as AxeResults;
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' ')}`,
  );
  assert.deepEqual(found, []);
}

/** Fails where an element has to be scrolled sideways. */
export async function fits(element: Locator): Promise<void> {
  const beyond = await element.evaluate((box) => box.scrollWidth - box.clientWidth);
  assert.equal(beyond, 0, 'It scrolls sideways.');
}
