import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { ROOT } from '../../scripts/root.mjs';
import { exactBytes, integer } from '../../src/format.js';
import { PRESETS } from '../../src/model/presets.js';
import type { CostReport } from '../../src/report/report.js';
import type { WhatIfsReport } from '../../src/report/what-ifs-report.js';
import { axeViolations } from './axe.js';
import {
  hasText,
  NARROW,
  picturesOfFailures,
  start,
  THEMES,
  WIDE,
  type Workbench,
} from './workbench.js';

const OF_2003 = PRESETS.find(({ id }) => id === 'bernstein-2003')?.whatIfs ?? [];

describe('what-ifs in the panel', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'pagecost-what-ifs-'));
  let workbench: Workbench;
  let panel: FrameLocator;

  before(async () => {
    cpSync(join(ROOT, 'sample'), workspace, { recursive: true });
    useTheme('Light Modern');
    workbench = await start(workspace, {}, { viewport: WIDE });
    panel = workbench.panelFrame();
    await workbench.untilKnown();
  });
  picturesOfFailures(() => workbench);
  after(async () => {
    await workbench.stop();
    rmSync(workspace, { recursive: true });
  });

  function useTheme(name: string) {
    const settings = {
      'workbench.colorTheme': name,
      'workbench.editorAssociations': { '{tiny-*,*.freebsd}': 'pagecost.estimate' },
    };
    writeFileSync(join(workspace, '.vscode/settings.json'), JSON.stringify(settings));
  }

  const figure = (label: string): Locator =>
    panel
      .locator('.figure')
      .filter({ has: panel.locator('dt', { hasText: label }) })
      .locator('.exact');
  const preset = (name: string) => panel.getByRole('button', { name, exact: true });
  const line = (title: string) => panel.locator('.what-if', { hasText: title });
  const rows = () =>
    panel
      .locator('.ledger .line')
      .evaluateAll((lines) => lines.map((row) => (row as HTMLElement).innerText));

  async function shows(report: CostReport) {
    await hasText(figure('One more process'), exactBytes(report.perProcess.bytes));
    await hasText(figure(`× ${integer(report.processes)}`), exactBytes(report.totalBytes));
  }

  async function closeEditors() {
    await workbench.runCommand('View: Close All Editors');
    await workbench.page.locator('iframe.webview').first().waitFor({ state: 'detached' });
  }

  it('lists them, the biggest saving first', async () => {
    await workbench.openFromExplorer('tiny-split.freebsd');
    await panel.locator('.what-if').first().waitFor();
    const totals = await panel
      .locator('.what-if-lists > .what-if-list .what-if .saved:nth-of-type(2)')
      .evaluateAll((cells) =>
        cells.map((cell) => {
          const bytes = Number((cell as HTMLElement).title.replaceAll(/\D/g, ''));
          return cell.textContent?.endsWith('more') ? -bytes : bytes;
        }),
      );
    assert.ok(totals.length > 2, String(totals));
    assert.deepEqual(
      totals,
      [...totals].sort((a, b) => b - a),
    );
  });

  it('shows the whole process with “Bernstein 2003”, and what it was', async () => {
    await panel.getByRole('button', { name: 'Bernstein’s five' }).click();
    const plain = estimate('tiny-split.freebsd', '--heap', '360,80,180,16,440');
    await shows(plain);
    const before = await rows();
    await preset('Bernstein 2003').click();
    const report = estimate(
      'tiny-split.freebsd',
      '--heap',
      '360,80,180,16,440',
      '--what-if',
      OF_2003.join(),
    );
    await shows(report);
    assert.ok(plain.totalBytes > 300 * 2 ** 20 && report.totalBytes < plain.totalBytes / 3);
    assert.notDeepEqual(await rows(), before);
    const banner = panel.getByRole('region', { name: 'What-ifs in effect' });
    await hasText(banner, new RegExp(`^With ${report.whatIfs.length} what-ifs: 10,000 processes`));
    await hasText(panel.locator('.figure.large .without').last(), /^as it is: [\d.]+ MiB$/);
    await panel.getByRole('button', { name: 'Bernstein 2003', pressed: true }).waitFor();
    assert.equal(await panel.locator('.what-if.on').count(), report.whatIfs.length);
    assert.deepEqual(await axeViolations(panel.locator('main')), []);
  });

  it('draws what is gone, and the process as it is on demand', async () => {
    const change = panel.locator('.map-change');
    await hasText(
      change.locator('p'),
      /^\d+ private pages? and \d+ tables? less than as it is\. Gone: /,
    );
    assert.ok((await panel.locator('.map-line.gone').count()) > 0);
    const regions = await panel.getByRole('treeitem').count();
    await change.getByRole('checkbox').click();
    await hasText(change.locator('p'), 'Drawn as it is.');
    assert.equal(await panel.locator('.map-line.gone').count(), 0);
    assert.ok((await panel.getByRole('treeitem').count()) > regions);
    await change.getByRole('checkbox').click();
    await panel.locator('.map-line.gone').first().waitFor();
  });

  it('moves what lies elsewhere, unless less motion is wanted', async () => {
    const { page } = workbench;
    const moves = () =>
      panel.locator('.map').evaluate(async (map) => {
        const window = map.ownerDocument.defaultView as Window & typeof globalThis;
        const { animate } = window.Element.prototype;
        let count = 0;
        window.Element.prototype.animate = function (...given) {
          count++;
          return animate.apply(this, given);
        };
        const draw = map.ownerDocument.querySelector<HTMLElement>('.map-change vscode-checkbox');
        draw?.click();
        await new Promise((done) => setTimeout(done, 100));
        draw?.click();
        await new Promise((done) => setTimeout(done, 100));
        window.Element.prototype.animate = animate;
        return count;
      });
    assert.ok((await moves()) > 0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await moves(), 0);
    await page.emulateMedia({ reducedMotion: null });
  });

  it('is kept when the window is loaded again, and gone with “Clear”', async () => {
    await workbench.reload();
    await panel.locator('.what-if-banner').waitFor();
    await panel.getByRole('button', { name: 'Clear' }).click();
    await shows(estimate('tiny-split.freebsd', '--heap', '360,80,180,16,440'));
    assert.equal(await panel.locator('.what-if-banner, .what-if.on').count(), 0);
  });

  it('has switches for the keyboard that say what they save', async () => {
    await closeEditors();
    await workbench.openFromExplorer('tiny-musl');
    const { whatIfs } = whatIfsOf('tiny-musl');
    const aslr = whatIfs.find(({ id }) => id === 'aslr-off');
    assert.ok(aslr?.saving);
    const name = new RegExp(`^${aslr.title} ?: .* less per process, .* less for 10,000`);
    const box = panel.getByRole('checkbox', { name });
    await box.focus();
    await workbench.page.keyboard.press('Space');
    await shows(estimate('tiny-musl', '--what-if', 'aslr-off'));
    assert.ok(await box.evaluate((element) => element.matches(':focus-within, :focus')));
    await workbench.page.keyboard.press('Space');
    await shows(estimate('tiny-musl'));
  });

  it('lets one be chosen that can be had only with others', async () => {
    await preset('None').click();
    const folded = panel.locator('.what-ifs details', { hasText: 'cannot be had' });
    await folded.locator('summary').click();
    const overlapped = folded.locator('.what-if', { hasText: 'with aslr-off they have' });
    await overlapped.locator('vscode-checkbox').click();
    await hasText(panel.locator('.left-out li'), /^Left out: .*with aslr-off/);
    await panel.getByRole('checkbox', { name: /^Addresses not randomised/ }).click();
    await shows(estimate('tiny-musl', '--what-if', 'aslr-off,overlapped-tables'));
    await hasText(folded.locator('summary'), /with others 1 switched on/);
    await preset('None').click();
  });

  it('says how to get one, copies the flags and opens a script', async () => {
    const { whatIfs } = whatIfsOf('tiny-musl');
    const possible = whatIfs.filter(({ saving }) => saving !== null && saving.total !== 0);
    const flags = possible.find(({ howTo }) => howTo?.snippet && !/\n/.test(howTo.snippet.trim()));
    const script = possible.find(({ howTo }) => /\n/.test(howTo?.snippet?.trim() ?? ''));
    assert.ok(flags?.howTo?.snippet && script?.howTo?.snippet);
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await line(flags.title).getByRole('button', { name: 'about' }).click();
    await hasText(line(flags.title).locator('.snippet'), flags.howTo.snippet.trim());
    await line(flags.title).getByRole('button', { name: 'Copy' }).click();
    await clipboardIs(flags.howTo.snippet);

    await line(script.title).getByRole('button', { name: 'about' }).click();
    await line(script.title).getByRole('button', { name: 'Open' }).click();
    const first = script.howTo.snippet.trim().split('\n')[0] as string;
    const text = workbench.page.locator('.view-lines').last();
    await hasText(text, new RegExp(escapeRegExp(first.slice(0, 20)).replaceAll(' ', '\\s')));
    // It is not saved, and closing it would ask.
    await workbench.runCommand('View: Revert and Close Editor');
  });

  async function clipboardIs(expected: string) {
    const read = () => workbench.page.evaluate(() => navigator.clipboard.readText());
    const deadline = Date.now() + 10_000;
    while ((await read()) !== expected && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal(await read(), expected);
  }

  for (const [kind, theme] of Object.entries(THEMES)) {
    it(`are accessible and fit in ${kind}, wide and narrow`, async () => {
      await closeEditors();
      useTheme(theme);
      await workbench.openFromExplorer('tiny-musl');
      const body = panel.locator(`body.vscode-${kind}`);
      await body.waitFor();
      await preset('Bernstein 2003').click();
      await panel.locator('.what-if-banner').waitFor();
      for (const [width, viewport] of [
        ['wide', WIDE],
        ['narrow', NARROW],
      ] as const) {
        await workbench.page.setViewportSize(viewport);
        await body.evaluate((shown) => {
          for (const details of shown.querySelectorAll('details')) details.open = true;
        });
        // What moved or appeared is where it belongs.
        await workbench.page.waitForTimeout(400);
        assert.deepEqual(await axeViolations(panel.locator('main')), []);
        const beyond = await body.evaluate(
          ({ ownerDocument: { documentElement: root } }) => root.scrollWidth - root.clientWidth,
        );
        assert.equal(beyond, 0, `${width}: scrolls sideways`);
        await body.evaluate(({ ownerDocument }) => ownerDocument.defaultView?.scrollTo(0, 0));
        await workbench.screenshot(`what-ifs-${kind}-${width}`);
        await panel.locator('#map-title').evaluate((title) => title.scrollIntoView());
        await workbench.screenshot(`what-ifs-map-${kind}-${width}`);
        await panel.locator('#what-ifs-title').evaluate((title) => title.scrollIntoView());
        await workbench.screenshot(`what-ifs-list-${kind}-${width}`);
      }
      await workbench.page.setViewportSize(WIDE);
    });
  }

  /** What the command line says of a sample, as JSON. */
  const estimate = (name: string, ...options: readonly string[]): CostReport =>
    JSON.parse(run(['--json', ...options, join(workspace, name)])) as CostReport;

  const whatIfsOf = (name: string): WhatIfsReport =>
    JSON.parse(run(['what-if', '--json', join(workspace, name)])) as WhatIfsReport;
});

function run(args: readonly string[]): string {
  const done = spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout;
}

const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
