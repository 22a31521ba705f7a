import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { fits } from './accessible.js';
import { hasText, picturesOfFailures, start, WIDE, type Workbench } from './workbench.js';

/** A window of 1440 × 1000 at 200 %. */
const ZOOMED = { width: 720, height: 500 };
const MOST_TABS = 250;

describe('the panel by keyboard and by ear', () => {
  let workbench: Workbench;
  let panel: FrameLocator;
  before(async () => {
    workbench = await start('sample', {}, { viewport: WIDE });
    panel = workbench.panelFrame();
    await workbench.untilKnown();
    await workbench.openFromExplorer('tiny-glibc');
    await panel.locator('.map-line').first().waitFor();
  });
  picturesOfFailures(() => workbench);
  after(() => workbench.stop());

  const press = (key: string) => workbench.page.keyboard.press(key);
  /** Role and name of what has the focus, as they are read out. */
  const focused = async () =>
    (await panel.locator(':focus').last().ariaSnapshot()).split('\n')[0]?.slice(2) ?? '';

  it('has a heading for each part, and each part is a region of that name', async () => {
    const headings = await panel.getByRole('heading', { level: 2 }).allTextContents();
    assert.ok(headings.length >= 7, headings.join());
    for (const heading of headings) {
      assert.equal(await panel.getByRole('region', { name: heading, exact: true }).count(), 1);
    }
    assert.equal(await panel.getByRole('heading', { level: 1 }).textContent(), 'tiny-glibc');
  });

  it('has a name for each picture, or a table beside it', async () => {
    const figures = await panel.getByRole('figure').all();
    const names = await Promise.all(figures.map((figure) => figure.ariaSnapshot()));
    assert.ok(names.length > 0);
    for (const name of names) assert.match(name, /^- '?figure "[^"]{10,}/);
    await panel.getByRole('tree', { name: 'Address space and page tables' }).waitFor();
    await panel.getByText('Address space as a table').waitFor();
  });

  it('names rows and columns of its tables', async () => {
    for (const table of await panel.getByRole('table').all()) {
      assert.ok((await table.getByRole('columnheader').count()) >= 2);
      assert.ok((await table.getByRole('rowheader').count()) >= 1);
    }
  });

  it('is walked through with Tab, and everything on the way says what it is', async () => {
    await panel.getByRole('button', { name: 'Copy' }).focus();
    const met: string[] = [];
    for (let tabs = 0; tabs < MOST_TABS; tabs++) {
      met.push(await focused());
      await press('Tab');
      if ((await panel.locator(':focus').count()) === 0) break;
    }
    for (const part of met)
      assert.match(part, /^'?[a-z]+ ".+|^'?(?:text|group|figure): .+/, met.join('\n'));
    const wanted = [
      'button "Sections"',
      'slider "Processes, logarithmic"',
      'combobox "System"',
      'checkbox "Randomised addresses"',
      'button "Bernstein 2003"',
      'treeitem "Stack',
      'checkbox "Linked statically',
      'button "Compare With…"',
      'button "Run and Measure…"',
      'button "Heap"',
    ];
    for (const part of wanted)
      assert.ok(
        met.some((name) => name.includes(part)),
        `${part} not in\n${met.join('\n')}`,
      );
  });

  it('says the figures of another number when the slider moved by a key', async () => {
    const status = panel.getByRole('region', { name: 'Cost' }).getByRole('status');
    const before = await status.textContent();
    await panel.getByRole('slider').focus();
    await press('ArrowRight');
    await hasText(status, /^One more process costs [\d.]+ KiB; [\d,]+ take /);
    await hasText(status, new RegExp(`^(?!${before?.replace(/[.]/g, '\\.')}$)`));
  });

  it('leads to every square of the map, and says each', async () => {
    const library = panel.getByRole('treeitem', { name: /^ld\.so’s own malloc/ });
    await library.focus();
    const said = panel.locator('.address-space [role=status]');
    const places = new Set<string>();
    for (let i = 0; i < 3; i++) {
      await press('ArrowRight');
      places.add((await said.textContent()) ?? '');
    }
    assert.deepEqual(
      [...places].map((place) => place.replace(/^0x[0-9a-f]+ · /, '').split(' · ')[0]),
      ['1 page private', '1 page not in RAM'],
    );
  });

  it('fits at 200 %, and in a panel of 300 pixels', async () => {
    await workbench.resize(ZOOMED);
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await panel.locator('.map-line').first().waitFor();
    await fits(panel.locator('html'));
    await workbench.screenshot('panel-zoomed');
    await workbench.resize({ width: 360, height: 800 });
    await fits(panel.locator('html'));
    await workbench.screenshot('panel-300');
    await workbench.resize(WIDE);
    assert.deepEqual(workbench.errors, []);
  });
});
