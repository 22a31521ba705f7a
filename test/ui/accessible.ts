import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Locator } from 'playwright-core';
import { ROOT } from '../../scripts/root.mjs';

const AXE = join(ROOT, 'node_modules/axe-core/axe.min.js');
/** The rules of axe-core that ask for colours: the others find the same in each theme. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];
const WAIT_MS = 10_000;

/** Fails with what axe-core finds wrong with the page an element is in: rule, help, and the elements. */
export const isAccessible = (element: Locator): Promise<void> => violatesNothing(element, {});

/** The same, for another theme of a page that is accessible. */
export const isLegible = (element: Locator): Promise<void> =>
  violatesNothing(element, { runOnly: OF_COLOURS });

async function violatesNothing(element: Locator, options: RunOptions): Promise<void> {
  const handle = await element.elementHandle();
  const frame = await handle?.ownerFrame();
  if (!frame) throw new Error('The element is in no page.');
  // The debugger runs this, and not the page, whose policy would not let it.
  await frame.evaluate(readFileSync(AXE, 'utf8'));
  // Without a description of all that is as it should be, which takes longer than to find it.
  const asked = JSON.stringify({ resultTypes: ['violations'], ...options });
  const { violations } = (await frame.evaluate(`axe.run(document, ${asked})`)) as AxeResults;
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' ')}`,
  );
  assert.deepEqual(found, []);
}

/** Fails where an element has to be scrolled sideways, and not only until what it draws has its new width. */
export async function fits(element: Locator): Promise<void> {
  await element.evaluate(
    (box, limit) =>
      new Promise<void>((resolve, reject) => {
        const end = performance.now() + limit;
        const look = () => {
          const beyond = box.scrollWidth - box.clientWidth;
          if (beyond === 0) resolve();
          else if (performance.now() > end) reject(new Error(`It scrolls sideways, by ${beyond}.`));
          else setTimeout(look, 50);
        };
        look();
      }),
    WAIT_MS,
  );
}
