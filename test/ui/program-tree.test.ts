import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.mjs';
import { hasText, picturesOfFailures, start, type Workbench } from './workbench.js';

describe('the view of programs', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'pagecost-programs-'));
  let workbench: Workbench;
  const build = (name: string, path: string) => {
    const file = join(workspace, path);
    copyFileSync(join(ROOT, 'sample', name), `${file}.new`);
    renameSync(`${file}.new`, file);
  };
  const pane = () =>
    workbench.page.locator('.pane', { has: workbench.page.locator('h3', { hasText: TITLE }) });
  const rows = () => pane().locator('.monaco-list-row');
  const TITLE = /^Process Cost$/;

  before(async () => {
    mkdirSync(join(workspace, 'build'));
    build('tiny-musl', 'build/server');
    build('tiny.freebsd', 'build/old');
    build('tiny-glibc-static', 'build/tool');
    workbench = await start(workspace);
  });
  picturesOfFailures(() => workbench);
  after(async () => {
    await workbench.stop();
    rmSync(workspace, { recursive: true });
  });

  it('is collapsed in the Explorer, and has the programs when it is opened', async () => {
    await pane().waitFor();
    assert.equal(await rows().count(), 0);
    await pane().locator('.pane-header').click();
    await hasText(rows(), /^tool[\d.]+ KiB · ×10,000: [\d.]+ GiB · build$/);
    assert.match((await rows().nth(1).textContent()) ?? '', /^server/);
    assert.match((await rows().nth(2).textContent()) ?? '', /^old≥ /);
    await workbench.screenshot('programs');
  });

  it('shows what a build changed', async () => {
    build('tiny-glibc-static', 'build/server');
    await hasText(rows().filter({ hasText: 'server' }), / KiB \(\+[\d.]+ KiB\) · ×.* · build$/);
    await workbench.screenshot('programs-rebuilt');
  });

  it('is read out with its parts', async () => {
    const name = await rows().first().getAttribute('aria-label');
    assert.match(name ?? '', /^(?:tool|server), build\/\w+, One more process: .*, Page tables: /);
  });

  it('opens the estimate', async () => {
    await rows().filter({ hasText: 'tool' }).click();
    await workbench.panelFrame().locator('.headline').waitFor();
  });

  it('says where there are no programs', async () => {
    rmSync(join(workspace, 'build'), { recursive: true });
    await hasText(pane().locator('.welcome-view-content'), /There are no programs/);
    await workbench.screenshot('programs-none');
    assert.deepEqual(workbench.errors, []);
  });
});
