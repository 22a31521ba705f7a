import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './files.js';
import { pointAt } from './hover.js';
import { hasText, type Look, picturesOfFailures, start, type Workbench } from './workbench.js';

/** Runs the extension in the browser, in which there is no Node.js. */
const IN_BROWSER = { 'remote.extensionKind': { 'pagecost.pagecost': ['web'] } };

interface Place {
  readonly where: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly look: Look;
  /** What the view of programs says or lists. */
  readonly programs: RegExp;
  /** What the panel says of live processes. */
  readonly measuring: RegExp;
}

const PLACES: readonly Place[] = [
  {
    where: 'in Restricted Mode',
    settings: { 'workbench.editorAssociations': { cat: 'pagecost.estimate' } },
    look: { restricted: true },
    programs: /tiny-glibc-static[\d.]+ KiB · ×10,000/,
    measuring: /In Restricted Mode no program .* is run/,
  },
  {
    where: 'in a browser',
    settings: IN_BROWSER,
    look: {},
    programs: /runs in the browser here and does not look for programs/,
    measuring: /runs in the browser here, which sees no processes to measure/,
  },
];

for (const { where, settings, look, programs, measuring } of PLACES) {
  describe(`Pagecost ${where}`, () => {
    const name = where.replaceAll(' ', '-');
    const workspace = temporaryFolder('sample');
    // A file of its own: nobody else runs it.
    const cat = join(workspace, 'cat');
    let workbench: Workbench;
    before(async () => {
      copyFileSync('/bin/cat', cat);
      workbench = await start(workspace, settings, look);
      await workbench.untilKnown();
    });
    picturesOfFailures(() => workbench, `-${name}`);
    after(() => workbench.stop());

    if (look.restricted) {
      it('has no program in the status bar that nobody asked for, and one that is chosen', async () => {
        const item = workbench.page.locator('.statusbar-item', { hasText: 'tiny-' });
        await workbench.runCommand('Explorer: Focus on Folders View');
        await workbench.openFromExplorer('tiny-nolibc.c');
        await workbench.runCommand('Pagecost: Choose Program for This Folder');
        assert.equal(await item.count(), 0);
        await workbench.choose('tiny-nolibc');
        await hasText(item, /^\stiny-nolibc\S*: [\d.]+ KiB · ×10,000/);
      });
    }

    it('estimates a binary, and says what is not measured', async () => {
      await workbench.runCommand('Explorer: Focus on Folders View');
      await workbench.openFromExplorer('tiny-nolibc');
      await workbench.panelFrame().locator('.headline').waitFor();
      await hasText(workbench.panelFrame().locator('body'), measuring);
      await workbench.screenshot(`${name}-panel`);
    });

    it('says beside the code what a variable costs', async () => {
      const { page } = workbench;
      await workbench.openFromExplorer('tiny-nolibc.c');
      const hover = page.locator('.monaco-hover', { hasText: 'Variable' });
      await pointAt(page, 'static struct timespec left;', 'left', hover);
      assert.match(await hover.innerText(), /Per process\s+4 KiB, 1 private page/);
      await workbench.screenshot(`${name}-hover`);
    });

    it('says in the view of programs what it finds, or why it looks for none', async () => {
      const pane = workbench.programs();
      await pane.locator('.pane-header').click();
      await hasText(pane, programs);
      await workbench.screenshot(`${name}-programs`);
      assert.deepEqual(workbench.errors, []);
    });

    if (look.restricted) {
      it('runs nothing, and measures what runs', async () => {
        const running = spawn(cat, { stdio: ['pipe', 'ignore', 'ignore'] });
        try {
          await workbench.runCommand('Explorer: Focus on Folders View');
          await workbench.openFromExplorer('cat');
          const panel = workbench.panelFrame();
          await hasText(panel.locator('h1'), 'cat');
          const run = panel.locator('vscode-button[disabled]', { hasText: 'Run and Measure' });
          await run.waitFor();
          await panel.getByRole('button', { name: 'Measure Running Processes' }).click();
          await hasText(
            panel.locator('.measured .subtitle'),
            new RegExp(`^Process ${running.pid}, `),
          );
          await panel.getByRole('button', { name: 'Manage Workspace Trust' }).click();
          await workbench.page.locator('.workspace-trust-editor').waitFor();
        } finally {
          running.kill('SIGKILL');
        }
      });
    }
  });
}
