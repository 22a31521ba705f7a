/** Takes the README's picture, docs/panel.png: the sample's source and what its binary costs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAndPackage, VSIX } from './package.mjs';
import { ROOT } from './root.mjs';
import {
  foldersIn,
  installExtension,
  openBrowser,
  startServer,
  webviewIn,
  workbenchUrl,
  writeSettings,
} from './vscode/server.mjs';

const SIZE = { width: 1360, height: 900 };
const WAIT_MS = 60_000;

await buildAndPackage();
const scratch = mkdtempSync(join(tmpdir(), 'pagecost-picture-'));
const folders = foldersIn(scratch);
writeSettings(folders, { 'workbench.colorTheme': 'Light Modern', 'editor.minimap.enabled': false });
installExtension(folders, VSIX);
const server = await startServer(folders);
const { page, close } = await openBrowser(join(scratch, 'browser'), SIZE);
page.setDefaultTimeout(WAIT_MS);
try {
  await page.goto(workbenchUrl(server, join(ROOT, 'sample')));
  const file = (name) =>
    page
      .locator('.explorer-folders-view .monaco-list-row')
      .filter({ has: page.getByText(name, { exact: true }) });
  await file('tiny.c').dblclick();
  await command('Pagecost: Estimate 10k-Process Cost');
  await page
    .locator('.quick-input-list .monaco-list-row', { hasText: 'tiny-glibc' })
    .last()
    .click();
  await webviewIn(page).locator('.headline').waitFor();
  await command('View: Toggle Primary Side Bar Visibility');
  const line = await page.locator('.monaco-sash.vertical').last().boundingBox();
  await page.mouse.move(line.x + 2, 400);
  await page.mouse.down();
  await page.mouse.move(430, 400, { steps: 5 });
  await page.mouse.up();
  await webviewIn(page).getByText('Bernstein’s five').click();
  await page.waitForTimeout(1500); // the layout settles
  await page.screenshot({ path: join(ROOT, 'docs', 'panel.png') });
} finally {
  await close();
  await server.stop();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
}
process.exit();

/** The palette does not learn of commands that come after it was opened: it is opened again. */
async function command(title) {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  for (;;) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input:visible').first().waitFor();
    await page.keyboard.type(title);
    if (
      await row.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      )
    )
      return row.click();
    await page.keyboard.press('Escape');
  }
}
