import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.mjs';
import { build, temporaryFolder } from './files.js';
import { hasText, picturesOfFailures, start, type Workbench } from './workbench.js';

// A story in steps: each test goes on where the one before it ended.
describe('the status bar', () => {
  const workspace = temporaryFolder();
  const server = join(workspace, 'build', 'server');
  const tool = join(workspace, 'build', 'tool');
  let workbench: Workbench;
  const item = () =>
    workbench.page.locator('.statusbar-item', {
      has: workbench.page.locator('.codicon-dashboard'),
    });
  const label = async () =>
    (await item().locator('.statusbar-item-label').getAttribute('aria-label')) ?? '';

  before(async () => {
    mkdirSync(join(workspace, 'build'));
    for (const name of ['main.c', 'other.c']) {
      copyFileSync(join(ROOT, 'sample', 'tiny.c'), join(workspace, name));
    }
    writeFileSync(join(workspace, 'Makefile'), 'build/server: main.c\n\t$(CC) -o $@ $^\n');
    build('tiny-glibc-static', tool);
    build('tiny-musl', server);
    workbench = await start(workspace);
  });
  picturesOfFailures(() => workbench);
  after(() => workbench.stop());

  it('has the newest program of the folder as soon as code is there', async () => {
    assert.equal(await item().count(), 0);
    await workbench.openFromExplorer('main.c');
    await hasText(item(), /^\sserver: [\d.]+ KiB · ×10,000: [\d.]+ MiB$/);
    assert.match(
      await label(),
      /^server, the newest build in this folder\. One more process takes .* KiB; 10,000 processes/,
    );
    await workbench.screenshot('status-bar');
  });

  it('says what a build changed', async () => {
    build('tiny-glibc-static', server);
    await hasText(item(), /^\sserver: .*, \+[\d.]+ KiB since the last build$/);
    assert.match(await label(), /The last build made a process dearer by .*: it took .* before\.$/);
    await workbench.screenshot('status-bar-rebuilt');
    build('tiny-musl', server);
    await hasText(item(), /^\sserver: .*, −[\d.]+ KiB since the last build$/);
  });

  it('goes to a newer program', async () => {
    build('tiny-glibc-static', tool);
    await hasText(item(), /^\stool: /);
    build('tiny-musl', server);
    await hasText(item(), /^\sserver: /);
  });

  it('has another once that is chosen by the keyboard, and all it says after a reload as well', async () => {
    await workbench.runCommand('Pagecost: Choose Program for This Folder');
    await workbench.choose('tool');
    await hasText(item(), /^\stool: [\d.]+ KiB · ×10,000/);
    assert.match(await label(), /^tool, the program chosen for this folder\./);
    build('tiny-musl', tool);
    const cheaper = /^\stool: [\d.]+ KiB · ×10,000: .*, −[\d.]+ KiB since the last build$/;
    await hasText(item(), cheaper);
    build('tiny-musl', server);
    await workbench.reload();
    await hasText(item(), cheaper);
  });

  it('has a menu that leads to the choice, and to the estimate', async () => {
    await item().click();
    await workbench.choose('Choose Program for This Folder');
    await workbench.listed('(newest build)').waitFor();
    await workbench.screenshot('choose-program');
    await workbench.choose('(newest build)');
    await hasText(item(), /^\sserver: /);
    build('tiny-glibc-static', server);
    await hasText(item(), /^\sserver: .*, \+[\d.]+ KiB since the last build$/);
    const change = /\+[\d.]+ KiB/.exec(await item().innerText())?.[0] ?? assert.fail();
    await item().click();
    await workbench.choose('Open the Estimate of server');
    // The panel says the same, and the status bar no more.
    const brief = workbench.panelFrame().locator('.builds-brief').first();
    await hasText(brief, new RegExp(`: ${change.replace(/[+.]/g, '\\$&')} per process`));
    await hasText(item(), /^\s[\d.]+ KiB · ×10,000: [\d.]+ GiB$/);
    await workbench.screenshot('status-bar-opened');
  });

  it('says beside the panel what a build changed, until the panel is looked at', async () => {
    const { page } = workbench;
    await page.locator('.tab', { hasText: 'main.c' }).click();
    build('tiny-musl', server);
    await hasText(item(), /^\s[\d.]+ KiB · ×10,000: .*, −[\d.]+ KiB since the last build$/);
    await workbench.screenshot('status-bar-beside-panel');
    await page.locator('.tab', { hasText: 'Cost of server' }).click();
    await hasText(item(), /^\s[\d.]+ KiB · ×10,000: [\d.]+ MiB$/);
  });

  it('is empty once the folder has gone', async () => {
    const { page } = workbench;
    const tab = (name: string) => page.locator('.tab', { hasText: name });
    await workbench.runCommand('View: Close Editor');
    await workbench.openFromExplorer('other.c');
    await hasText(item(), /^\sserver: /);
    rmSync(workspace, { recursive: true });
    await tab('main.c').click();
    await item().waitFor({ state: 'detached' });
    assert.deepEqual(workbench.errors, []);
  });
});
