import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, temporaryFolder } from './files.js';
import { hasText, picturesOfFailures, start, type Workbench } from './workbench.js';

// A story in steps: each test goes on where the one before it ended.
describe('the view of programs', () => {
  const workspace = temporaryFolder();
  const programs = join(workspace, 'build');
  let workbench: Workbench;
  const pane = () => workbench.programs();
  const rows = () => pane().locator('.monaco-list-row');

  before(async () => {
    mkdirSync(programs);
    build('tiny-musl', join(programs, 'server'));
    build('tiny.freebsd', join(programs, 'old'));
    build('tiny-glibc-static', join(programs, 'tool'));
    workbench = await start(workspace);
  });
  picturesOfFailures(() => workbench);
  after(() => workbench.stop());

  it('is collapsed in the Explorer, and has the programs when it is opened', async () => {
    await pane().waitFor();
    assert.equal(await rows().count(), 0);
    await pane().locator('.pane-header').click();
    await hasText(rows(), /^tool[\d.]+ KiB · ×10,000: [\d.]+ GiB · build$/);
    await hasText(rows().nth(1), /^server/);
    await hasText(rows().nth(2), /^old≥ /);
    await workbench.screenshot('programs');
  });

  it('shows what a build changed', async () => {
    build('tiny-glibc-static', join(programs, 'server'));
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
    rmSync(programs, { recursive: true });
    await hasText(pane().locator('.welcome-view-content'), /There are no programs/);
    await workbench.screenshot('programs-none');
    assert.deepEqual(workbench.errors, []);
  });
});
