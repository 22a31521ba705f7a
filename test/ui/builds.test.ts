import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { ROOT } from '../../scripts/root.mjs';
import { bytes, exactBytes, integer } from '../../src/format.js';
import { MOST_ROWS } from '../../src/report/difference-groups.js';
import type { DifferenceReport } from '../../src/report/difference-report.js';
import { signed, signedBytes } from '../../webview/view-model/compared-words.js';
import { fits, isAccessible, isLegible } from './accessible.js';
import { diff, estimate } from './command.js';
import { temporaryFolder } from './files.js';
import {
  ALL_THEMES,
  hasText,
  NARROW,
  picturesOfFailures,
  start,
  WIDE,
  type Workbench,
} from './workbench.js';

// A story in steps: each test goes on where the one before it ended.
describe('builds in the panel', () => {
  const workspace = temporaryFolder('sample');
  const inWorkspace = (name: string) => join(workspace, name);
  /** As if a compiler had written it. */
  const build = (name: string, from: string) =>
    copyFileSync(join(ROOT, 'sample', from), inWorkspace(name));
  let workbench: Workbench;
  let panel: FrameLocator;

  before(async () => {
    build('rebuilt', 'tiny-glibc');
    // A process has the path of its file on the stack: this one is as long.
    build('earlier', 'tiny-glibc');
    git('init', '--quiet');
    git('add', 'rebuilt');
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message=First');
    const settings = {
      'git.enabled': true,
      // It would select the file that has been opened, and nothing but that.
      'explorer.autoReveal': false,
      'workbench.editorAssociations': {
        '{tiny-*,*.freebsd,rebuilt,earlier}': 'pagecost.estimate',
      },
    };
    workbench = await start(workspace, settings, { viewport: WIDE });
    panel = workbench.panelFrame();
    await workbench.untilKnown();
  });
  picturesOfFailures(() => workbench);
  after(() => workbench.stop());

  function git(...args: readonly string[]) {
    const done = spawnSync('git', args, { cwd: workspace, encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
  }

  const section = () => panel.locator('.builds-section');
  const title = () => section().locator('h2');
  const status = () => section().locator('[role=status]');
  const brief = () => section().locator('.builds-brief');
  const button = (name: string) => section().getByRole('button', { name });

  async function compareWith(choice: string) {
    await button('Compare With…').click();
    await workbench.choose(choice);
  }

  /** The section has the figures of `pagecost diff`. */
  async function shows(report: DifferenceReport) {
    const { perProcess, total, sharedOnce } = report.sums;
    await hasText(
      brief(),
      new RegExp(
        `: ([≥≤~] )?${literally(signedBytes(perProcess.difference))} per process, ` +
          `([≥≤~] )?${literally(signedBytes(total.difference))} for ${integer(report.before.processes)}\\.$`,
      ),
    );
    for (const [name, sum] of [
      ['One more process', perProcess],
      ['Shared once', sharedOnce],
      [`× ${integer(report.before.processes)}`, total],
    ] as const) {
      const line = section().locator('tr.sum').filter({ hasText: name });
      assert.deepEqual(
        await line.locator('td').evaluateAll((cells) => cells.map((c) => (c as HTMLElement).title)),
        [
          exactBytes(sum.before),
          exactBytes(sum.after),
          (await line.locator('td').last().getAttribute('title'))?.replace(/[+−].*/, '') +
            signed(sum.difference, exactBytes),
        ],
      );
    }
    const own = report.rows.filter(({ category }) => category !== 'shared');
    const differing = own.filter(({ difference }) => difference !== 0).slice(0, MOST_ROWS);
    const lines = section().locator('tbody').nth(1).locator('tr.line');
    assert.deepEqual(
      await lines.locator('td:last-child').allTextContents(),
      differing.map(({ difference }) =>
        difference === null ? 'not known' : signedBytes(difference),
      ),
    );
    for (const [i, { label }] of differing.entries()) {
      // A row that is gone has the name that the file had.
      const name = label.replace(/^earlier:/, 'rebuilt:');
      assert((await lines.nth(i).locator('th').textContent())?.startsWith(name), name);
    }
  }

  it('shows what a rebuild changes', async () => {
    await workbench.openFromExplorer('rebuilt');
    await hasText(status(), /^Build the program again, .* build as of .* is kept for that\.$/);
    build('rebuilt', 'tiny-musl');
    await shows(diff(inWorkspace('earlier'), inWorkspace('rebuilt')));
    await hasText(title(), /^Compared with the build as of \d/);
    const atTop = panel.locator('main > .builds-brief');
    await hasText(
      atTop,
      /^Since the build as of \d.*: −.* per process, −.* for 10,000\. Row by row$/,
    );
    await atTop.getByRole('button').click();
    assert(await title().evaluate((element) => element.matches(':focus')));
  });

  it('opens to all rows, those that do not differ among them', async () => {
    const { rows } = diff(inWorkspace('earlier'), inWorkspace('rebuilt'));
    const further = section().getByRole('button', { name: /further row/ });
    await further.first().click();
    const own = rows.filter(({ category }) => category !== 'shared');
    const lines = section().locator('tbody').nth(1).locator('tr.line');
    await hasText(further.first(), new RegExp(`^${own.length - MOST_ROWS} further rows$`));
    assert.equal(await lines.count(), own.length);
    const amounts = await section()
      .locator('tbody')
      .nth(1)
      .locator('tr.line td:last-child')
      .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).title));
    const sum = amounts.reduce((n, text) => n + (text.startsWith('−') ? -1 : 1) * digits(text), 0);
    const { perProcess } = diff(inWorkspace('earlier'), inWorkspace('rebuilt')).sums;
    assert.equal(sum, perProcess.difference);
    await further.first().click();
  });

  it('is computed anew with the conditions', async () => {
    const [before, after] = [inWorkspace('earlier'), inWorkspace('rebuilt')];
    await panel.getByRole('checkbox', { name: 'Randomised addresses' }).click();
    await shows(diff('--no-aslr', before, after));
    await panel.getByRole('checkbox', { name: 'Randomised addresses' }).click();
    await shows(diff(before, after));
  });

  it('adds up several rebuilds, until a build is pinned', async () => {
    build('rebuilt', 'tiny-glibc-static');
    await shows(diff(inWorkspace('earlier'), inWorkspace('rebuilt')));
    await button('Pin This Build').click();
    await hasText(status(), /^Build the program again/);
    build('rebuilt', 'tiny-glibc-static');
    await hasText(brief(), /: no difference\.$/);
    build('earlier', 'tiny-glibc-static');
    build('rebuilt', 'tiny-musl');
    await shows(diff(inWorkspace('earlier'), inWorkspace('rebuilt')));
    build('rebuilt', 'tiny-glibc-static');
    await hasText(brief(), /: no difference\.$/);
    assert.equal(await section().locator('tbody').count(), 1);
  });

  it('is still there after the panel was hidden', async () => {
    await workbench.openFromExplorer('tiny.c');
    await workbench.page.locator('.view-lines').first().waitFor();
    build('rebuilt', 'tiny-musl');
    await workbench.openFromExplorer('rebuilt');
    await shows(diff(inWorkspace('earlier'), inWorkspace('rebuilt')));
  });

  it('is still there after the window was loaded again, as is a build that is newer then', async () => {
    const kept = (await title().textContent()) ?? '';
    await workbench.reload();
    await hasText(title(), kept);
    await shows(diff(inWorkspace('earlier'), inWorkspace('rebuilt')));
    build('rebuilt', 'tiny-nolibc');
    await shows(diff(inWorkspace('earlier'), inWorkspace('rebuilt')));
    build('rebuilt', 'tiny-musl');
    await shows(diff(inWorkspace('earlier'), inWorkspace('rebuilt')));
  });

  it('compares with what the last commit has', async () => {
    build('earlier', 'tiny-glibc');
    await compareWith('Version at git HEAD');
    await hasText(title(), 'Compared with the last commit’s version');
    await shows(diff(inWorkspace('earlier'), inWorkspace('rebuilt')));
  });

  it('says that the last commit does not have the file', async () => {
    await workbench.closeEditors();
    await workbench.openFromExplorer('earlier');
    await compareWith('Version at git HEAD');
    await notification(/Not compared with earlier: The last commit does not have the file\./);
    await hasText(title(), 'Compare builds');
  });

  it('compares with a binary chosen from the list', async () => {
    await workbench.closeEditors();
    await workbench.openFromExplorer('tiny-glibc');
    await compareWith('tiny-musl-dynamic');
    await hasText(title(), 'Compared with tiny-musl-dynamic');
    await hasText(section().locator('thead'), /The other.*This one/);
    await shows(diff(inWorkspace('tiny-musl-dynamic'), inWorkspace('tiny-glibc')));
    await hasText(section().locator('.remarks'), /path of its file on the stack/);
  });

  it('compares with that binary, as it is now, after the window was loaded again', async () => {
    const other = readFileSync(inWorkspace('tiny-musl-dynamic'));
    build('tiny-musl-dynamic', 'tiny-glibc-static');
    await workbench.reload();
    await hasText(title(), 'Compared with tiny-musl-dynamic');
    await shows(diff(inWorkspace('tiny-musl-dynamic'), inWorkspace('tiny-glibc')));
    writeFileSync(inWorkspace('tiny-musl-dynamic'), other);
  });

  it('names both where they are for different machines', async () => {
    await compareWith('tiny-split.freebsd');
    const why =
      /tiny-split\.freebsd is for i386 .* and .*tiny-glibc for x86-64 .*cannot be compared\.$/;
    await hasText(status(), why);
    await hasText(panel.locator('main > .builds-brief'), why);
    assert.equal(await section().locator('table').count(), 0);
  });

  it('compares the two that are selected in the Explorer, the first being the one before', async () => {
    await workbench.closeEditors();
    const { page, fileRow: row } = workbench;
    await row('tiny-glibc').click();
    await row('tiny-glibc-static').click({ modifiers: ['ControlOrMeta'] });
    await page.locator('.explorer-folders-view .monaco-list-row.selected').nth(1).waitFor();
    await row('tiny-glibc-static').click({ button: 'right' });
    // A menu takes no clicks for a moment after it opened.
    await page.getByRole('menuitem', { name: 'Compare Process Cost With…' }).hover();
    await page.keyboard.press('Enter');
    await page.locator('.tab', { hasText: 'Cost of tiny-glibc-static' }).waitFor();
    const beside = page.frameLocator('iframe.webview.ready').nth(1);
    const heading = beside.frameLocator('iframe#active-frame').locator('#builds-title');
    await hasText(heading, 'Compared with tiny-glibc');
  });

  it('shows what was predicted of a build beside what it brought', async () => {
    await workbench.closeEditors();
    build('rebuilt', 'tiny-glibc');
    build('earlier', 'tiny-glibc');
    await workbench.openFromExplorer('rebuilt');
    // That it was written may be noticed when it is open already.
    await hasText(status(), /^Build the program again|^Since then: no difference/);
    await panel.getByRole('checkbox', { name: /^Linked statically(?! with)/ }).click();
    build('rebuilt', 'tiny-glibc-static');
    const [before, after] = [inWorkspace('earlier'), inWorkspace('rebuilt')];
    const actual = diff(before, after);
    await shows(actual);
    const predicted = whatIf('static', before);
    await hasText(
      section().locator('.builds-predicted'),
      `Linked statically: predicted −${bytes(predicted)} per process, ` +
        `actual ${signedBytes(actual.sums.perProcess.difference)}.`,
    );
    await hasText(section().locator('.remarks'), /as they are, without what-ifs\./);
  });

  for (const theme of ALL_THEMES) {
    it(`is accessible and fits in ${theme}, wide and narrow`, async () => {
      await workbench.useTheme(theme);
      await panel.locator(`body.vscode-${theme}`).waitFor();
      for (const [width, viewport] of [
        ['wide', WIDE],
        ['narrow', NARROW],
      ] as const) {
        await workbench.resize(viewport);
        const table = section().locator('table');
        await table.waitFor();
        await (theme === 'light' ? isAccessible : isLegible)(table);
        await fits(table.locator('..'));
        await title().evaluate((element) => element.scrollIntoView());
        await workbench.screenshot(`builds-${theme}-${width}`);
      }
      await workbench.resize(WIDE);
    });
  }

  const notification = (text: RegExp) =>
    workbench.page.locator('.notification-list-item', { hasText: text }).first().waitFor();
});

/** Bytes per process that a what-if saves. */
const whatIf = (id: string, path: string): number =>
  estimate(path).perProcess.bytes - estimate(path, '--what-if', id).perProcess.bytes;

const literally = (text: string): string => text.replaceAll(/[+.]/g, '\\$&');

const digits = (text: string): number => Number(text.replaceAll(/\D/g, ''));
