import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { ROOT } from '../../scripts/root.mjs';
import { exactBytes, integer } from '../../src/format.js';
import type { CostReport } from '../../src/report/report.js';
import { fits, isAccessible, isLegible } from './accessible.js';
import { estimate } from './command.js';
import { temporaryFolder } from './files.js';
import {
  ALL_THEMES,
  hasText,
  NARROW,
  picturesOfFailures,
  start,
  until,
  WIDE,
  type Workbench,
} from './workbench.js';

/** Opened by the panel's editor without asking. */
const ASSOCIATIONS = {
  'workbench.editorAssociations': { '{tiny-*,*.freebsd,hostile-*,rebuilt}': 'pagecost.estimate' },
};

// A story in steps until the first test that closes all editors; from there on each begins with a file of its own.
describe('the panel', () => {
  const workspace = temporaryFolder('sample');
  const inWorkspace = (name: string) => join(workspace, name);
  const violations: string[] = [];
  let workbench: Workbench;
  let panel: FrameLocator;

  before(async () => {
    copyFileSync(join(ROOT, 'test/fixtures/hostile-names'), inWorkspace('hostile-names'));
    copyFileSync(join(ROOT, 'sample/tiny-nolibc'), inWorkspace('rebuilt'));
    copyFileSync(join(ROOT, 'test/fixtures/machines/glibc-arm64'), inWorkspace('tiny-arm64'));
    workbench = await start(workspace, ASSOCIATIONS, { viewport: WIDE });
    panel = workbench.panelFrame();
    workbench.page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
    await workbench.untilKnown();
  });
  picturesOfFailures(() => workbench);
  after(() => workbench.stop());

  const figure = (label: string | RegExp): Locator =>
    panel.locator('.figure').filter({ has: panel.locator('dt', { hasText: label }) });
  const exact = (label: string | RegExp) => figure(label).locator('.exact');

  async function shows(report: CostReport) {
    await hasText(exact('One more process'), exactBytes(report.perProcess.bytes));
    await hasText(exact(`× ${integer(report.processes)}`), exactBytes(report.totalBytes));
    await hasText(exact('Shared once'), exactBytes(report.sharedOnceBytes));
  }

  it('shows a binary opened from the Explorer with the figures of the command line', async () => {
    await workbench.openFromExplorer('tiny-glibc');
    const report = estimate(inWorkspace('tiny-glibc'));
    await shows(report);

    const rows = panel.locator('.ledger .line');
    assert.equal(await rows.count(), report.rows.length);
    for (const { label, bytes } of report.rows) {
      const name = label.slice(label.indexOf(': ') + 1).trim();
      const row = rows.filter({ hasText: name }).filter({ has: amount(panel, bytes) });
      assert.ok((await row.count()) > 0, `${label}: ${bytes}`);
    }
  });

  it('sums its rows to the total', async () => {
    const sums = await panel
      .locator('.ledger .section:not(.shared) td:nth-child(3)')
      .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).title));
    const sum = sums.reduce((n, title) => n + digits(title), 0);
    const total = await panel.locator('.ledger .total td:nth-child(3)').getAttribute('title');
    assert.equal(sum, digits(total ?? ''));
  });

  it('multiplies anew when the slider moves, and for an exact number', async () => {
    const slider = panel.getByRole('slider', { name: 'Processes' });
    await slider.focus();
    await slider.press('ArrowRight');
    await shows(estimate(inWorkspace('tiny-glibc'), '--processes', '12500'));
    await slider.press('End');
    await shows(estimate(inWorkspace('tiny-glibc'), '--processes', '1000000'));
    await panel.getByRole('textbox', { name: 'Processes' }).fill('12,345');
    await shows(estimate(inWorkspace('tiny-glibc'), '--processes', '12345'));
    const said = panel.locator('.headline [role=status]');
    await hasText(said, /^One more process costs .*; 12,345 take .*\.$/);
  });

  it('says what it cannot understand, and keeps the last estimate', async () => {
    await panel.getByRole('textbox', { name: 'How many fit in' }).fill('lots');
    await hasText(panel.locator('.capacity [role=alert]'), /like 16 GiB/);
    await panel.getByRole('textbox', { name: 'How many fit in' }).fill('1 GiB');
    const { perProcess, sharedOnceBytes } = estimate(inWorkspace('tiny-glibc'));
    const fit = Math.floor((2 ** 30 - sharedOnceBytes) / perProcess.bytes);
    await hasText(panel.locator('.capacity-answer'), `${integer(fit)} in 1 GiB`);
  });

  it('shows the rule behind a number', async () => {
    await panel.getByRole('button', { name: 'Kernel stack' }).click();
    await hasText(panel.locator('.ledger .rule'), /allocates for any process/);
  });

  it('can be read page by page with the arrow keys', async () => {
    const { page } = workbench;
    await panel.locator('[role=treeitem][tabindex="0"]').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    const said = panel.locator('.address-space [role=status]');
    await hasText(said, /^0x[0-9a-f]+ · 1 page shared · [\d,]+ bytes used · [\d,]+ bytes? slack$/);
    await page.keyboard.press('Home');
    await hasText(panel.locator('[role=treeitem]:focus'), /Stack/);
  });

  it('opens a library with the keyboard', async () => {
    const library = panel.getByRole('treeitem', { name: 'libc.so.6' }).first();
    await library.focus();
    await workbench.page.keyboard.press('ArrowRight');
    await panel.locator('[role=treeitem][aria-level="2"]').first().waitFor();
    assert.equal(await library.getAttribute('aria-expanded'), 'true');
  });

  it('keeps its choices, and how far it is scrolled, when the window is loaded again', async () => {
    const banner = panel.locator('.what-if-banner');
    await panel.getByRole('button', { name: 'Bernstein 2003', exact: true }).click();
    await banner.waitFor();
    const html = panel.locator('html');
    const scrolledTo = () => html.evaluate(() => window.scrollY);
    await html.evaluate(
      () =>
        new Promise((resolve) => {
          document.addEventListener('scrollend', resolve, { once: true });
          window.scrollTo(0, 700);
        }),
    );
    await workbench.reload();
    await banner.waitFor();
    await until(async () => (await scrolledTo()) === 700);
    await panel.getByRole('button', { name: 'Clear' }).click();
    await shows(estimate(inWorkspace('tiny-glibc'), '--processes', '12345'));
    await hasText(panel.locator('.ledger .rule'), /allocates for any process/);
    await panel.locator('[role=treeitem][aria-level="2"]').first().waitFor();
    const ram = panel.getByRole('textbox', { name: 'How many fit in' });
    assert.equal(await ram.inputValue(), '1 GiB');
  });

  it('estimates without randomisation', async () => {
    await panel.getByRole('checkbox', { name: 'Randomised addresses' }).click();
    await shows(estimate(inWorkspace('tiny-glibc'), '--processes', '12345', '--no-aslr'));
    assert.equal(await panel.locator('.distribution').count(), 0);
  });

  it('gives the figures of June 2003 for Bernstein’s requests', async () => {
    await workbench.closeEditors();
    await workbench.openFromExplorer('tiny.freebsd');
    await panel.getByRole('button', { name: 'Bernstein’s five' }).click();
    await shows(estimate(inWorkspace('tiny.freebsd'), '--heap', '360,80,180,16,440'));
    await hasText(
      panel.locator('.asides'),
      /VSZ 168 KiB.*RSS 44 KiB.*1,076 bytes.*24 KiB.*4\.4 %/s,
    );
    await hasText(panel.locator('body'), /44 B of entries in use, in 16 KiB of tables: 372 times/);
  });

  it('shows the new estimate when the binary is built again', async () => {
    await workbench.closeEditors();
    await workbench.openFromExplorer('rebuilt');
    const before = estimate(inWorkspace('rebuilt'));
    await shows(before);
    copyFileSync(join(ROOT, 'sample/tiny-glibc-static'), inWorkspace('rebuilt'));
    const after = estimate(inWorkspace('rebuilt'));
    assert.notEqual(after.perProcess.bytes, before.perProcess.bytes);
    await shows(after);
  });

  it('says why there is no estimate when the file becomes something else', async () => {
    writeFileSync(inWorkspace('rebuilt'), '#!/bin/sh\n');
    await hasText(panel.locator('h1'), 'No process to estimate');
    await hasText(panel.locator('.reason'), /script/i);
    await panel.getByRole('button', { name: 'Open in Hex Editor' }).waitFor();
  });

  it('is there again after a reload also for a file that could not be read', async () => {
    await workbench.closeEditors();
    writeFileSync(inWorkspace('rebuilt'), '#!/bin/sh\n');
    await workbench.openFromExplorer('rebuilt');
    await hasText(panel.locator('h1'), 'No process to estimate');
    await workbench.runCommand('Pagecost: Estimate 10k-Process Cost');
    const tab = workbench.page.locator('.tab', { hasText: 'Cost of rebuilt' });
    await tab.waitFor();
    await workbench.page.locator('iframe.webview.ready').nth(1).waitFor();
    const second = workbench.page.frameLocator('iframe.webview.ready').nth(1);
    const title = second.frameLocator('iframe#active-frame').locator('h1');
    await hasText(title, 'No process to estimate');
    await workbench.reload();
    await tab.waitFor();
    await hasText(title, 'No process to estimate');
    rmSync(inWorkspace('rebuilt'));
    const gone = second.frameLocator('iframe#active-frame').locator('main');
    await hasText(
      gone,
      /There is no such file\..*As soon as it can be read, its estimate is here\.$/,
    );
  });

  it('offers another system where nothing in the file names one', async () => {
    await workbench.closeEditors();
    // Neither EI_OSABI nor the owner of the note say FreeBSD any more.
    const text = readFileSync(join(ROOT, 'sample/tiny.freebsd'), 'latin1');
    const binary = Buffer.from(text.replaceAll('FreeBSD\0', 'Nothing\0'), 'latin1');
    binary[7] = 0;
    writeFileSync(inWorkspace('rebuilt'), binary);
    await workbench.openFromExplorer('rebuilt');
    await shows(estimate(inWorkspace('rebuilt'))); // taken for a Linux program
    await panel.getByRole('combobox', { name: 'System' }).click();
    await panel.getByRole('option', { name: /^FreeBSD/ }).click();
    await shows(estimate(inWorkspace('rebuilt'), '--system', 'freebsd-4.8-i386'));
  });

  it('counts the stack and the bss that are said to be in use', async () => {
    await workbench.closeEditors();
    await workbench.openFromExplorer('tiny-musl');
    await panel.getByRole('textbox', { name: 'Stack' }).fill('65,536');
    await panel.getByRole('textbox', { name: 'bss' }).fill('100');
    await shows(estimate(inWorkspace('tiny-musl'), '--stack', '65536', '--bss', '100'));
  });

  it('shows names of any kind as text', async () => {
    await workbench.closeEditors();
    await workbench.openFromExplorer('hostile-names');
    await shows(estimate(inWorkspace('hostile-names')));
    await panel.getByRole('button', { name: 'Sections', exact: true }).click();
    const lines = workbench.page.locator('.view-lines', { hasText: 'onerror' }).first();
    await lines.waitFor();
    assert.equal(await panel.locator('img, iframe, script:not([src])').count(), 0);
    assert.deepEqual(workbench.errors, []);
  });

  it('explains a section on hover', async () => {
    await workbench.closeEditors();
    await workbench.openFromExplorer('tiny-musl');
    await panel.getByRole('button', { name: 'Sections', exact: true }).click();
    const name = workbench.page.locator('.view-line span', { hasText: '.data' }).last();
    await name.hover();
    const hover = workbench.page.locator('.monaco-hover:not(.hidden)', { hasText: '10,000' });
    await hover.first().waitFor();
  });

  it('is offered by the palette for each binary, with its size, and for the file in front with a reason', async () => {
    await workbench.closeEditors();
    await workbench.openFromExplorer('tiny.c');
    await workbench.page.locator('.view-line', { hasText: 'int main' }).first().waitFor();
    await workbench.runCommand('Pagecost: Estimate 10k-Process Cost');
    const list = workbench.page.locator('.quick-input-widget');
    await hasText(list.locator('.quick-input-title'), 'tiny.c is not a program');
    // At the top of the folder: no place to say.
    const row = list.locator('[aria-label^="tiny-glibc-static, "]');
    await row.waitFor();
    assert.match((await row.getAttribute('aria-label')) ?? '', /, [\d.]+ KiB, /);
    await workbench.page.keyboard.press('Escape');
  });

  it('opens from the palette beside an open binary, and for one chosen from the list', async () => {
    await workbench.closeEditors();
    await workbench.runCommand('Pagecost: Estimate 10k-Process Cost');
    await workbench.choose('tiny-musl-dynamic');
    await shows(estimate(inWorkspace('tiny-musl-dynamic')));
    assert.equal(await workbench.page.locator('iframe.webview.ready').count(), 1);

    await workbench.closeEditors();
    await workbench.openFromExplorer('tiny-nolibc');
    await shows(estimate(inWorkspace('tiny-nolibc')));
    await workbench.runCommand('Pagecost: Estimate 10k-Process Cost');
    const tab = workbench.page.locator('.tab', { hasText: 'Cost of tiny-nolibc' });
    await tab.waitFor();
    const { perProcess } = estimate(inWorkspace('tiny-nolibc'));
    const second = workbench.page.frameLocator('iframe.webview.ready').nth(1);
    const beside = second.frameLocator('iframe#active-frame').locator('.figure .exact');
    await hasText(beside, exactBytes(perProcess.bytes));
  });

  it('lists the pages behind a number, reason by reason', async () => {
    await workbench.closeEditors();
    await workbench.openFromExplorer('tiny-glibc-static');
    await panel.getByRole('button', { name: 'data', exact: true }).click();
    const { rows } = estimate(inWorkspace('tiny-glibc-static'));
    const row = rows.find(({ id }) => id === 'program:tiny-glibc-static:data');
    assert.equal(row?.reasons.length, 2);
    for (const [i, { pages, ranges }] of (row?.reasons ?? []).entries()) {
      const line = panel.locator('.private-pages > div').nth(i);
      await hasText(line.locator('dt'), new RegExp(` ${pages} pages?$`));
      await hasText(line.locator('dd'), new RegExp(`^${ranges[0]?.address}–0x[0-9a-f]+$`));
    }
    await isAccessible(panel.locator('main'));
  });

  for (const theme of ALL_THEMES) {
    it(`is accessible and fits in ${theme}, wide and narrow`, async () => {
      await workbench.closeEditors();
      await workbench.useTheme(theme);
      await workbench.openFromExplorer('tiny-glibc');
      const body = panel.locator(`body.vscode-${theme}`);
      await body.waitFor();
      for (const [width, viewport] of [
        ['wide', WIDE],
        ['narrow', NARROW],
      ] as const) {
        await workbench.resize(viewport);
        await panel.locator('.map-line').first().waitFor();
        await body.evaluate((shown) => {
          for (const details of shown.querySelectorAll('details')) details.open = true;
        });
        await (theme === 'light' ? isAccessible : isLegible)(body);
        await fits(panel.locator('html'));
        await fits(panel.getByRole('region', { name: 'Regions', exact: true }));
        assert.equal(await linesOf(panel.locator('.map-label', { hasText: /^libc\.so\.6$/ })), 1);
        await workbench.screenshot(`panel-${theme}-${width}`);
      }
      await workbench.resize(WIDE);
    });
  }

  it('has its figures on one line where a label takes two', async () => {
    await workbench.closeEditors();
    await workbench.openFromExplorer('tiny-arm64');
    const figures = panel.locator('.figures > .figure');
    await figures.first().waitFor();
    await panel.locator('main').evaluate((main) => {
      main.style.width = '740px';
    });
    const labels = figures.locator('dt');
    assert.equal(await linesOf(labels.first()), 2, (await labels.first().textContent()) ?? '');
    assert.equal(await linesOf(labels.nth(1)), 1);
    const tops = await figures
      .locator('.value')
      .evaluateAll((values) =>
        values.map((value) => Math.round(value.getBoundingClientRect().top)),
      );
    assert.equal(tops[0], tops[1]);
    // A dot is before its fact, where it is cut off at the start of a line.
    const ends = await panel
      .locator('.facts > span')
      .evaluateAll((facts) => facts.map((fact) => getComputedStyle(fact, '::after').content));
    assert.deepEqual([...new Set(ends)], ['none']);
  });

  it('breaks no rule of its content security policy', async () => {
    await workbench.closeEditors();
    await workbench.openFromExplorer('tiny-musl');
    await shows(estimate(inWorkspace('tiny-musl')));
    assert.deepEqual(violations, []);
  });
});

/** How many lines a text takes. */
const linesOf = (element: Locator): Promise<number> =>
  element.evaluate((box) => {
    const text = document.createRange();
    text.selectNodeContents(box);
    return new Set([...text.getClientRects()].map(({ top }) => top)).size;
  });

/** A cell of the ledger with these bytes. */
const amount = (panel: FrameLocator, bytes: number | null): Locator =>
  bytes === null ? panel.getByText('unknown') : panel.locator(`td[title="${exactBytes(bytes)}"]`);

const digits = (text: string): number => Number(text.replaceAll(/\D/g, ''));
