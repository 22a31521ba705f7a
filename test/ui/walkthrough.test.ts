import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import texts from '../../package.nls.json';
import { temporaryFolder } from './files.js';
import { hasText, picturesOfFailures, start, until, WIDE, type Workbench } from './workbench.js';

const STEPS = ['open', 'estimate', 'layout', 'code'] as const;
/** Without that of the ground, which is black in a theme of high contrast. */
const COLOURS = { open: 4, estimate: 5, layout: 2, code: 3 } as const;
const STEP_TRIES = 5;
const TITLE = 'What a Process Costs';

async function openWalkthrough(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Welcome: Open Walkthrough...');
  await workbench.choose(TITLE);
  await workbench.page.locator('.getting-started-step:enabled').first().waitFor();
}

const stepOf = ({ page }: Workbench, id: string) =>
  page.locator(`.getting-started-step[data-step-id$="#firstSteps#${id}"]`);

/** The picture of a step, as soon as it is open; before it there may be that of another. */
const pictureOf = ({ page }: Workbench, id: (typeof STEPS)[number]) =>
  page
    .frameLocator('.getting-started-media iframe.webview.ready')
    .frameLocator('iframe#active-frame')
    .locator(`svg[aria-label="${texts[`walkthrough.${id}.picture`]}"]`);

/**
 * Opens a step by the keyboard. The page takes the focus when it likes to, so that a key may go to another
 * button, or back to the list of walkthroughs, where steps are disabled.
 */
async function openStep(workbench: Workbench, id: string): Promise<void> {
  const { page } = workbench;
  const step = stepOf(workbench, id);
  const opened = page.locator(`.getting-started-step.expanded[data-step-id$="#firstSteps#${id}"]`);
  const isOpen = async () => (await opened.count()) > 0 && (await step.isEnabled());
  for (let tries = 0; tries < STEP_TRIES && !(await isOpen()); tries++) {
    if (await step.isEnabled()) {
      await step.focus();
      await page.keyboard.press('Enter');
    } else await openWalkthrough(workbench);
    await opened.waitFor({ timeout: 5_000 }).catch(() => {});
  }
  assert.ok(await isOpen(), `The step ${id} is not open.`);
}

const buttonOf = (workbench: Workbench, id: string, text: string) =>
  stepOf(workbench, id).locator('.monaco-button', { hasText: text });

/** Not the picture, which is in a webview as well. */
const panelOf = ({ page }: Workbench) =>
  page
    .frameLocator('iframe.webview.ready[src*="extensionId=pagecost.pagecost"]')
    .frameLocator('iframe#active-frame');

const back = ({ page }: Workbench) => page.locator('.tab', { hasText: 'Welcome' }).click();

// A story in steps: each test goes on where the one before it ended.
describe('the first steps', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await start(temporaryFolder('sample'), {}, { viewport: WIDE });
    await workbench.untilKnown();
    await openWalkthrough(workbench);
  });
  picturesOfFailures(() => workbench);
  after(() => workbench.stop());

  it('are four, each with a picture that is also told', async () => {
    assert.equal(await workbench.page.locator('.getting-started-step').count(), STEPS.length);
    for (const id of STEPS) {
      await openStep(workbench, id);
      await pictureOf(workbench, id).waitFor();
      await stepOf(workbench, id).locator('.monaco-button').first().waitFor();
    }
  });

  it('begin with the sample, its source and its estimate', async () => {
    await openStep(workbench, 'open');
    await buttonOf(workbench, 'open', 'Open the Sample').click();
    await workbench.page.locator('.tab', { hasText: 'tiny-nolibc.c' }).waitFor();
    await hasText(panelOf(workbench).locator('.headline'), /KiB/);
    await workbench.screenshot('sample-opened');
  });

  it('know that this is done', async () => {
    await back(workbench);
    await hasChecked(workbench, 'open');
    assert.equal(await stepOf(workbench, 'layout').getAttribute('aria-checked'), 'false');
  });

  it('change the number of processes', async () => {
    await openStep(workbench, 'estimate');
    await buttonOf(workbench, 'estimate', 'Estimate 1,000 Processes').click();
    await hasText(panelOf(workbench).locator('.headline'), /× 1,000(?!,)/);
    await back(workbench);
    await hasChecked(workbench, 'estimate');
  });

  it('lead by keyboard to another layout', async () => {
    await openStep(workbench, 'layout');
    const button = buttonOf(workbench, 'layout', 'Try the Best Available Today');
    await stepOf(workbench, 'layout').focus();
    for (let tries = 0; tries < STEP_TRIES && !(await button.evaluate(isFocused)); tries++) {
      await workbench.page.keyboard.press('Tab');
    }
    assert.ok(await button.evaluate(isFocused));
    await button.press('Enter'); // the panel beside it may take the focus back a moment later
    await isPressed(workbench, 'Best available today');
    await workbench.screenshot('sample-layout');
    await hasChecked(workbench, 'layout');
  });

  it('offer the layouts in the palette as well', async () => {
    await workbench.runCommand('Pagecost: Try Another Layout');
    await workbench.choose('Bernstein 2003');
    await isPressed(workbench, 'Bernstein 2003');
  });

  it('end with the code: the cursor is on a variable, whose hover is known', async () => {
    const { page } = workbench;
    await page.locator('.tab', { hasText: 'tiny-nolibc.c' }).click();
    await workbench.runCommand('Show or Focus Hover');
    const hover = page.locator('.monaco-hover', { hasText: 'Variable' });
    await hover.waitFor();
    assert.match(await hover.innerText(), /Per process\s+4 KiB, 1 private page/);
    await workbench.screenshot('sample-hover');
    await page.keyboard.press('Escape');
    await back(workbench);
    await hasChecked(workbench, 'code');
    await openStep(workbench, 'code');
    await buttonOf(workbench, 'code', 'Show the Programs').click();
    await workbench.programs().locator('.monaco-list-row').first().waitFor();
    // VS Code's own, where the next picture comes before the one before it is there.
    const errors = workbench.errors.filter((error) => !error.includes('webview/browser/pre'));
    assert.deepEqual(errors, []);
  });

  for (const theme of ['light', 'dark', 'high-contrast'] as const) {
    it(`have pictures in the colours of the theme: ${theme}`, async () => {
      await workbench.useTheme(theme);
      await back(workbench);
      for (const id of STEPS) {
        await openStep(workbench, id);
        await hasColours(pictureOf(workbench, id), COLOURS[id]);
        await workbench.screenshot(`walkthrough-${id}-${theme}`);
      }
    });
  }
});

async function hasChecked(workbench: Workbench, id: string): Promise<void> {
  await openStep(workbench, id);
  await workbench.page
    .locator(`.getting-started-step[data-step-id$="#firstSteps#${id}"][aria-checked="true"]`)
    .waitFor();
}

const isPressed = (workbench: Workbench, name: string): Promise<void> =>
  panelOf(workbench).getByRole('button', { name, pressed: true }).waitFor();

const isFocused = (element: Element): boolean => element === element.ownerDocument.activeElement;

/** Waits: the picture of the theme before it may still be there. */
const hasColours = (picture: Locator, least: number): Promise<void> =>
  until(async () => (await picture.evaluate(coloursOf).catch(() => [])).length >= least);

/** Those that shapes are filled with, but for black, which a colour becomes that is not known. */
const coloursOf = (svg: Element): string[] =>
  [
    ...new Set([...svg.querySelectorAll('rect')].map((shape) => getComputedStyle(shape).fill)),
  ].filter((colour) => colour !== 'none' && colour !== 'rgb(0, 0, 0)');
