import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { fits } from './accessible.js';
import { hasText, NARROW, picturesOfFailures, start, WIDE, type Workbench } from './workbench.js';

describe('in German, the workbench', () => {
  const violations: string[] = [];
  let workbench: Workbench;
  let panel: FrameLocator;

  before(async () => {
    workbench = await start('sample', {}, { viewport: WIDE, language: 'de' });
    workbench.page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
    panel = workbench.panelFrame();
  });
  picturesOfFailures(() => workbench);
  after(() => workbench.stop());

  it('has German commands, and a panel with German texts and figures', async () => {
    await workbench.runCommand('Pagecost: Kosten von 10.000 Prozessen schätzen');
    await workbench.choose('tiny-musl');
    await hasText(panel.locator('h1'), 'tiny-musl');
    await hasText(panel.locator('.figures dt').nth(1), '× 10.000');
    await hasText(panel.locator('#map-title'), 'Adressraum und Seitentabellen');
    await hasText(panel.locator('#what-ifs-title'), 'Was eine andere Anordnung sparen würde');
    await panel.locator('.what-if-lists').waitFor();
    assert.equal(await panel.locator('html').getAttribute('lang'), 'de');
    await workbench.screenshot('german-wide');
  });

  it('reads German figures', async () => {
    const field = panel.locator('.process-count input[type=text]');
    await field.fill('1.234');
    await hasText(panel.locator('.figures dt').nth(1), '× 1.234');
  });

  it('has a panel that is no wider than its editor, and tables that need no more', async () => {
    await workbench.resize(NARROW);
    await fits(panel.locator('html'));
    await panel.getByText('Adressraum als Tabelle').click();
    for (const name of ['Aufstellung der Kosten', 'Tabellen nach Ebene', 'Bereiche']) {
      await fits(panel.getByRole('region', { name, exact: true }));
    }
    await workbench.screenshot('german-narrow');
  });

  it('ends without an error in the page', () => {
    assert.deepEqual(workbench.errors, []);
    assert.deepEqual(violations, []);
  });
});
