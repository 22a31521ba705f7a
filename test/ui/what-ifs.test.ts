import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { exactBytes, integer } from '../../src/format.js';
import { PRESETS } from '../../src/model/presets.js';
import type { CostReport } from '../../src/report/report.js';
import { fits, isAccessible, isLegible } from './accessible.js';
import { estimate, whatIfsOf } from './command.js';
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

const ASSOCIATIONS = {
  'workbench.editorAssociations': { '{tiny-*,*.freebsd}': 'pagecost.estimate' },
};
const OF_2003 = PRESETS.find(({ id }) => id === 'bernstein-2003')?.whatIfs ?? [];

// A story in steps, but for the themes: each test goes on where the one before it ended.
describe('what-ifs in the panel', () => {
  const workspace = temporaryFolder('sample');
  const tinySplit = join(workspace, 'tiny-split.freebsd');
  const tinyMusl = join(workspace, 'tiny-musl');
  let workbench: Workbench;
  let panel: FrameLocator;

  before(async () => {
    workbench = await start(workspace, ASSOCIATIONS, { viewport: WIDE });
    panel = workbench.panelFrame();
    await workbench.untilKnown();
  });
  picturesOfFailures(() => workbench);
  after(() => workbench.stop());

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
    const plain = estimate(tinySplit, '--heap', '360,80,180,16,440');
    await shows(plain);
    const before = await rows();
    await preset('Bernstein 2003').click();
    const report = estimate(tinySplit, '--heap', '360,80,180,16,440', '--what-if', OF_2003.join());
    await shows(report);
    assert.ok(plain.totalBytes > 300 * 2 ** 20 && report.totalBytes < plain.totalBytes / 3);
    assert.notDeepEqual(await rows(), before);
    const banner = panel.getByRole('region', { name: 'What-ifs in effect' });
    // What its kernel takes for itself is not known.
    const counted = `With ${report.whatIfs.length} what-ifs: 10,000 processes`;
    const bounds = '≥ [\\d.]+ MiB instead of ≥ [\\d.]+ MiB\\.';
    await hasText(banner, new RegExp(`^${counted} take ${bounds}`));
    await hasText(panel.locator('.figure.large .without').last(), /^as it is: ≥ [\d.]+ MiB$/);
    const becomes = /^≥ [\d.]+ MiB →becomes ≥ [\d.]+ MiB, [\d.]+ MiB less$/;
    await hasText(panel.locator('.together dd').last(), becomes);
    await panel.getByRole('button', { name: 'Bernstein 2003', pressed: true }).waitFor();
    assert.equal(await panel.locator('.what-if.on').count(), report.whatIfs.length);
    await isAccessible(panel.locator('main'));
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
    const draw = panel.locator('.map-change').getByRole('checkbox');
    const gone = panel.locator('.map-line.gone').first();
    const moves = async () => {
      const counted = await panel.locator('.map').evaluateHandle(() => {
        const { animate } = Element.prototype;
        const counting = { count: 0, end: () => (Element.prototype.animate = animate) };
        Element.prototype.animate = function (...given) {
          counting.count++;
          return animate.apply(this, given);
        };
        return counting;
      });
      await draw.click();
      await gone.waitFor({ state: 'detached' });
      await draw.click();
      await gone.waitFor();
      return counted.evaluate((counting) => {
        counting.end();
        return counting.count;
      });
    };
    assert.ok((await moves()) > 0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await moves(), 0);
    await page.emulateMedia({ reducedMotion: null });
    const byVsCode = 'vscode-reduce-motion';
    const body = panel.locator('body');
    await body.evaluate(({ classList }, name) => classList.add(name), byVsCode);
    assert.equal(await moves(), 0);
    // What says that the binary is read does not flash up either.
    const waiting = await body.evaluate((body) => {
      const text = Object.assign(document.createElement('p'), { className: 'waiting' });
      body.append(text);
      const { visibility } = getComputedStyle(text);
      text.remove();
      return visibility;
    });
    assert.equal(waiting, 'hidden');
    await body.evaluate(({ classList }, name) => classList.remove(name), byVsCode);
  });

  it('is gone with “Clear”', async () => {
    await panel.getByRole('button', { name: 'Clear' }).click();
    await shows(estimate(tinySplit, '--heap', '360,80,180,16,440'));
    assert.equal(await panel.locator('.what-if-banner, .what-if.on').count(), 0);
  });

  it('has switches for the keyboard that say what they save', async () => {
    await workbench.closeEditors();
    await workbench.openFromExplorer('tiny-musl');
    const { whatIfs } = whatIfsOf(tinyMusl);
    const aslr = whatIfs.find(({ id }) => id === 'aslr-off');
    assert.ok(aslr?.saving);
    const name = new RegExp(`^${aslr.title} ?: .* less per process, .* less for 10,000`);
    const box = panel.getByRole('checkbox', { name });
    await box.focus();
    await workbench.page.keyboard.press('Space');
    await shows(estimate(tinyMusl, '--what-if', 'aslr-off'));
    assert.ok(await box.evaluate((element) => element.matches(':focus-within, :focus')));
    await workbench.page.keyboard.press('Space');
    await shows(estimate(tinyMusl));
  });

  it('lets one be chosen that can be had only with others', async () => {
    await preset('None').click();
    const folded = panel.locator('.what-ifs details', { hasText: 'cannot be had' });
    await folded.locator('summary').click();
    const overlapped = folded.locator('.what-if', { hasText: 'with aslr-off they have' });
    await overlapped.locator('vscode-checkbox').click();
    await hasText(panel.locator('.left-out li'), /^Left out: .*with aslr-off/);
    await panel.getByRole('checkbox', { name: /^Addresses not randomised/ }).click();
    await shows(estimate(tinyMusl, '--what-if', 'aslr-off,overlapped-tables'));
    await hasText(folded.locator('summary'), /, of which 1 on with others\)$/);
    await preset('None').click();
  });

  it('says how to get one, copies the flags and opens a script', async () => {
    const { whatIfs } = whatIfsOf(tinyMusl);
    const possible = whatIfs.filter(({ saving }) => saving !== null && saving.total !== 0);
    const flags = possible.find(({ howTo }) => howTo?.snippet && !/\n/.test(howTo.snippet.trim()));
    const script = possible.find(({ howTo }) => /\n/.test(howTo?.snippet?.trim() ?? ''));
    assert.ok(flags?.howTo?.snippet && script?.howTo?.snippet);
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await line(flags.title).getByRole('button', { name: 'about' }).click();
    await hasText(line(flags.title).locator('.snippet'), flags.howTo.snippet.trim());
    await line(flags.title).getByRole('button', { name: 'Copy' }).click();
    const copied = () => workbench.page.evaluate(() => navigator.clipboard.readText());
    await until(async () => (await copied()) === flags.howTo?.snippet);

    await line(script.title).getByRole('button', { name: 'about' }).click();
    await line(script.title).getByRole('button', { name: 'Open' }).click();
    const first = script.howTo.snippet.trim().split('\n')[0] as string;
    const text = workbench.page.locator('.view-lines').last();
    await hasText(text, new RegExp(escapeRegExp(first.slice(0, 20)).replaceAll(' ', '\\s')));
    // It is not saved, and closing it would ask.
    await workbench.runCommand('View: Revert and Close Editor');
  });

  for (const theme of ALL_THEMES) {
    it(`are accessible and fit in ${theme}, wide and narrow`, async () => {
      await workbench.closeEditors();
      await workbench.useTheme(theme);
      await workbench.openFromExplorer('tiny-musl');
      const body = panel.locator(`body.vscode-${theme}`);
      await body.waitFor();
      await preset('Bernstein 2003').click();
      await panel.locator('.what-if-banner').waitFor();
      for (const [width, viewport] of [
        ['wide', WIDE],
        ['narrow', NARROW],
      ] as const) {
        await workbench.resize(viewport);
        await body.evaluate((shown) => {
          for (const details of shown.querySelectorAll('details')) details.open = true;
        });
        // What moves or appears is where it belongs.
        await until(() => body.evaluate(() => document.getAnimations().length === 0));
        await (theme === 'light' ? isAccessible : isLegible)(body);
        await fits(panel.locator('html'));
        await body.evaluate(({ ownerDocument }) => ownerDocument.defaultView?.scrollTo(0, 0));
        await workbench.screenshot(`what-ifs-${theme}-${width}`);
        await panel.locator('#map-title').evaluate((title) => title.scrollIntoView());
        await workbench.screenshot(`what-ifs-map-${theme}-${width}`);
        await panel.locator('#what-ifs-title').evaluate((title) => title.scrollIntoView());
        await workbench.screenshot(`what-ifs-list-${theme}-${width}`);
      }
      await workbench.resize(WIDE);
    });
  }
});

const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
