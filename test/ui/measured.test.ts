import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { fits, isAccessible } from './accessible.js';
import { temporaryFolder } from './files.js';
import {
  hasText,
  NARROW,
  picturesOfFailures,
  start,
  until,
  WIDE,
  type Workbench,
} from './workbench.js';

const ASSOCIATIONS = {
  'workbench.editorAssociations': { '{tiny-*,*.freebsd,cat}': 'pagecost.estimate' },
};

// A story in steps: each test goes on where the one before it ended.
describe('measuring', () => {
  const workspace = temporaryFolder('sample');
  const cat = join(workspace, 'cat');
  const started: ChildProcess[] = [];
  let workbench: Workbench;
  let panel: FrameLocator;

  before(async () => {
    // A file of its own: nobody else runs it.
    copyFileSync('/bin/cat', cat);
    workbench = await start(workspace, ASSOCIATIONS, { viewport: WIDE });
    panel = workbench.panelFrame();
    await workbench.untilKnown();
  });
  picturesOfFailures(() => workbench);
  after(async () => {
    endCats();
    await workbench.stop();
  });

  function startCat(): number {
    const child = spawn(cat, { stdio: ['pipe', 'ignore', 'ignore'] });
    started.push(child);
    assert(child.pid);
    return child.pid;
  }
  function endCats() {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  }

  const button = (name: string) => panel.getByRole('button', { name });
  /** Whose figures they are. */
  const whose = () => panel.locator('.measured .subtitle');
  const status = () => panel.locator('.measured [role=status]');
  const sums = (category: string) => panel.locator(`.compared .section.${category} td.number`);

  it('puts the figures of running processes beside the estimate', async () => {
    const pids = [startCat(), startCat()].sort((a, b) => a - b);
    await workbench.openFromExplorer('cat');
    await button('Measure Running Processes').click();
    await hasText(whose(), new RegExp(`^Mean over 2 processes \\(${pids.join(', ')}\\), read at`));
    await hasText(panel.locator('.tables-check'), /the kernel counts .* KiB: they agree\.$/);
    const [predicted, measured] = await sums('private').evaluateAll((cells) =>
      cells.map((cell) => Number((cell as HTMLElement).title.replaceAll(/\D/g, ''))),
    );
    assert(predicted && measured);
    // Start-up is a floor, and cat does little beyond it.
    assert(measured >= predicted * 0.9 && measured < predicted * 2, `${predicted}, ${measured}`);
    const agreeing = panel.locator('.compared .line.agrees', { hasText: 'Kernel stack' });
    await hasText(agreeing.locator('.difference'), 'agrees, 0 B');
    await hasText(status(), 'The measured figures stand beside the predicted ones.');
  });

  it('refreshes them, and leaves the focus where it is', async () => {
    const field = panel.getByRole('textbox', { name: 'How many fit in' });
    await field.focus();
    startCat();
    await hasText(whose(), /^Mean over 3 processes/);
    assert(await field.evaluate((element) => element.matches(':focus-within, :focus')));
  });

  it('compares anew when the estimate changes', async () => {
    const before = await sums('page-tables').first().getAttribute('title');
    await panel.getByRole('checkbox', { name: 'Randomised addresses' }).click();
    const cells = sums('page-tables').first();
    await cells.and(panel.locator(`:not([title="${before}"])`)).waitFor();
    await panel.getByRole('checkbox', { name: 'Randomised addresses' }).click();
  });

  it('is still there after it was hidden', async () => {
    await workbench.openFromExplorer('tiny.c');
    await workbench.page.locator('.view-lines').first().waitFor();
    startCat();
    await workbench.openFromExplorer('cat');
    await hasText(whose(), /^Mean over 4 processes .* every few seconds\.$/);
  });

  it('says when the processes have ended, and keeps their figures', async () => {
    endCats();
    await hasText(status(), /^The last process had ended by .* last figures\.$/);
    await hasText(whose(), /^Mean over 4 processes (?!.*every)/);
    await button('Measure Running Processes').click();
    await hasText(status(), /^No process of cat runs/);
  });

  it('stops refreshing when it is told to', async () => {
    startCat();
    await button('Measure Running Processes').click();
    await hasText(whose(), /^Process \d+, .* every few seconds\.$/);
    await button('Stop Refreshing').click();
    await hasText(whose(), /^Process \d+, read at (?!.*every)/);
    endCats();
  });

  for (const [width, viewport] of [
    ['wide', WIDE],
    ['narrow', NARROW],
  ] as const) {
    it(`is accessible and fits, ${width}`, async () => {
      await workbench.closeEditors();
      startCat();
      await workbench.openFromExplorer('cat');
      await button('Measure Running Processes').click();
      await workbench.resize(viewport);
      const table = panel.locator('.compared');
      await table.waitFor();
      await isAccessible(table);
      await fits(table.locator('..'));
      await table.scrollIntoViewIfNeeded();
      await workbench.screenshot(`measured-${width}`);
      await workbench.resize(WIDE);
      endCats();
    });
  }

  it('runs a program after showing how, measures it, and ends it', async () => {
    await workbench.closeEditors();
    await workbench.openFromExplorer('tiny-glibc');
    await button('Run and Measure…').click();
    const { page } = workbench;
    await page.locator('.quick-input-title', { hasText: 'Run and Measure tiny-glibc' }).waitFor();
    await page.keyboard.type(`-x "a  b`);
    await page.locator('.quick-input-message', { hasText: 'is not closed' }).waitFor();
    await page.keyboard.type(`" '$HOME'`);
    await workbench.enter();
    await workbench.choose('Empty');
    const dialogue = page.locator('.monaco-dialog-box');
    const line = `${join(workspace, 'tiny-glibc')} -x 'a  b' '$HOME'`;
    await dialogue.locator('.dialog-message-detail', { hasText: line }).waitFor();
    await hasText(dialogue, /Standard input: empty.*2 instances .* are ended/s);
    await dialogue.getByRole('button', { name: 'Run and Measure' }).click();
    await hasText(whose(), /^Mean over 2 processes \(\d+, \d+\), read at/);
    await hasText(panel.locator('.tables-check'), /they agree\.$/);
    const pids = (await whose().first().textContent())?.match(/\((\d+), (\d+)\)/)?.slice(1);
    for (const pid of pids ?? [])
      assert.throws(() => process.kill(Number(pid), 0), { code: 'ESRCH' });
  });

  it('remembers how a program was run, and runs nothing when the user says no', async () => {
    const { page } = workbench;
    const before = await whose().first().textContent();
    const title = panel.getByRole('heading', { name: 'Predicted and measured' });
    await panel.locator('h1').scrollIntoViewIfNeeded();
    assert(!(await isInSight(title)));
    await workbench.runCommand('Pagecost: Run and Measure…');
    await until(() => isInSight(title));
    await page.locator('.quick-input-title', { hasText: 'Run and Measure tiny-glibc' }).waitFor();
    const typed = page.locator('.quick-input-widget input:visible').first();
    assert.equal(await typed.inputValue(), `-x "a  b" '$HOME'`);
    await workbench.enter();
    const proposed = page.locator('.quick-input-list .monaco-list-row.focused');
    await proposed.filter({ hasText: 'Empty' }).waitFor();
    await workbench.enter();
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await whose().first().textContent(), before);
  });

  it('is not offered for a program of another system', async () => {
    await workbench.closeEditors();
    await workbench.openFromExplorer('tiny.freebsd');
    await hasText(whose(), /^Only processes of Linux can be measured, .* FreeBSD/);
    assert.equal(await button('Measure Running Processes').count(), 0);
  });
});

const isInSight = (element: Locator): Promise<boolean> =>
  element.evaluate((found) => {
    const { top, bottom } = found.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  });
