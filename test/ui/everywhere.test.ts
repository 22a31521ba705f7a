import assert from 'node:assert/strict';
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
    settings: {},
    look: { restricted: true },
    programs: /tiny-glibc-static[\d.]+ KiB · ×10,000/,
    measuring: /Restricted Mode/,
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
    let workbench: Workbench;
    before(async () => {
      workbench = await start('sample', settings, look);
      await workbench.untilKnown();
    });
    picturesOfFailures(() => workbench, `-${name}`);
    after(() => workbench.stop());

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
  });
}
