import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './files.js';
import { untilHover } from './hover.js';
import { hasText, picturesOfFailures, start, until, WIDE, type Workbench } from './workbench.js';

const MAKEFILE = `build/app: main.c
	mkdir -p build
	$(CC) -O2 -fPIE -pie -o $@.new main.c
	mv $@.new $@
`;
/** Of pointers, each of which the loader writes: their pages are private. */
const POINTERS = 'static const char *const names[] = {';
/** Of the letters themselves: nothing to write, so that all processes share the pages. */
const LETTERS = 'static const char names[][8] = {';
const MAIN = `#include <unistd.h>

#define FOUR(name) name, name, name, name
#define SIXTEEN(name) FOUR(name), FOUR(name), FOUR(name), FOUR(name)
#define LINE SIXTEEN("alpha"), SIXTEEN("beta"), SIXTEEN("gamma"), SIXTEEN("delta")

${POINTERS}
	LINE, LINE, LINE, LINE, LINE, LINE, LINE, LINE,
	LINE, LINE, LINE, LINE, LINE, LINE, LINE, LINE,
};

int main(int argc, char **argv)
{
	(void)argv;
	pause();
	return names[argc][0];
}
`;
const LINE = 7;

const hasCompiler =
  spawnSync('make', ['--version']).status === 0 && spawnSync('cc', ['--version']).status === 0;

/** What a day with the extension is made of, without a mouse. */
describe('a variable that moves to another section', () => {
  const workspace = temporaryFolder();
  const source = join(workspace, 'main.c');
  let workbench: Workbench;

  before(async () => {
    if (!hasCompiler) return;
    writeFileSync(join(workspace, 'Makefile'), MAKEFILE);
    writeFileSync(source, MAIN);
    make();
    workbench = await start(
      workspace,
      { 'editor.autoClosingBrackets': 'never' },
      { viewport: WIDE },
    );
    await goToVariable();
    await workbench.runCommand('Pagecost: Estimate 10k-Process Cost');
    await workbench.choose('app');
    await page().locator('.tab', { hasText: 'Cost of app' }).waitFor();
    await workbench.panelFrame().locator('.headline').waitFor();
    await workbench.runCommand('Explorer: Focus on Process Cost View');
    await row().waitFor();
    await press('Control+1');
    await page().locator('.monaco-editor.focused').waitFor();
  });
  picturesOfFailures(() => workbench);
  after(() => workbench?.stop());

  const test = hasCompiler ? it : it.skip;
  const why = hasCompiler ? '' : ' (skipped: no make and cc here)';

  function make() {
    const done = spawnSync('make', { cwd: workspace, encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
  }

  const page = () => workbench.page;
  const press = (keys: string) => page().keyboard.press(keys);
  const row = () => workbench.programs().locator('.monaco-list-row');
  const item = () => page().locator('.statusbar-item[id^="pagecost"]', { hasText: /KiB/ });

  /** Puts the cursor on the variable's name. */
  async function goToVariable() {
    const text = readFileSync(source, 'utf8').split('\n')[LINE - 1] ?? '';
    const column = text.indexOf('names') + 1;
    await workbench.runCommand('Explorer: Focus on Folders View');
    const isMain = page().locator('.explorer-folders-view .monaco-list-row.focused', {
      hasText: 'main.c',
    });
    for (let tries = 0; (await isMain.count()) === 0 && tries < 10; tries++)
      await press('ArrowDown');
    await press('Enter');
    await page().locator('.tab.active', { hasText: 'main.c' }).waitFor();
    await workbench.runCommand('View: Focus Active Editor Group');
    await press('Control+g');
    await page().locator('.quick-input-widget input:visible').first().waitFor();
    await page().keyboard.type(`${LINE}:${column}`);
    const listed = page().locator('.quick-input-list', {
      hasText: `line ${LINE} at column ${column}`,
    });
    await listed.waitFor();
    await press('Enter');
    await page()
      .locator('.statusbar-item', { hasText: `Ln ${LINE}, Col ${column}` })
      .waitFor();
    await page().locator('.monaco-editor.focused').waitFor();
  }

  /** Asks for the hover at the cursor until it says that: one of the build before may still be there. */
  async function hoverSays(what: RegExp): Promise<void> {
    await page().locator('.monaco-editor.focused').waitFor();
    await untilHover(page().locator('.monaco-hover', { hasText: what }).first(), async () => {
      await press('Escape');
      await press('Control+k');
      await press('Control+i');
    });
  }

  test(`is hovered, with its program’s estimate beside the code${why}`, async () => {
    await hoverSays(/Section\s+\.data\.rel\.ro.*Per process\s+12\sKiB,\s3\sprivate\spages/s);
    await workbench.screenshot('day-hover');
    await press('Escape');
  });

  test(`is of a program that the tree and the status bar show${why}`, async () => {
    await hasText(row(), /^app[\d.]+ KiB · ×10,000: [\d.]+ GiB · build$/);
    const [cost] = /[\d.]+ KiB/.exec((await row().textContent()) ?? '') ?? [];
    await hasText(item(), new RegExp(`^\\s?(app: )?${cost} · ×10,000: `));
  });

  test(`is edited and built, and all agree on what that saves${why}`, async () => {
    await goToVariable();
    await press('Home');
    await press('Shift+End');
    await page().keyboard.type(LETTERS);
    await press('Control+s');
    await until(() => readFileSync(source, 'utf8').includes(LETTERS));
    make();
    await hasText(item(), /−8\.04 KiB since the last build/);
    await hasText(row(), /\(−8\.04 KiB\)/);
    await hasText(workbench.panelFrame().locator('.builds-brief'), /−8\.04 KiB per process/);
    await goToVariable();
    await hoverSays(/Section\s+\.rodata/);
    await workbench.screenshot('day-end');
    assert.deepEqual(workbench.errors, []);
  });
});
