import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Locator } from 'playwright-core';
import { ROOT } from '../../scripts/root.mjs';

const AXE = join(ROOT, 'node_modules/axe-core/axe.min.js');

/**
 * What axe-core finds wrong with the page an element is in: rule, help, and the elements.
 * @returns empty where it finds nothing
 */
export async function axeViolations(element: Locator): Promise<readonly string[]> {
  const handle = await element.elementHandle();
  const frame = await handle?.ownerFrame();
  if (!frame) throw new Error('The element is in no page.');
  // The debugger runs this, and not the page, whose policy would not let it.
  await frame.evaluate(readFileSync(AXE, 'utf8'));
  const results = (await frame.evaluate('axe.run(document)')) as AxeResults;
  return results.violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' ')}`,
  );
}
