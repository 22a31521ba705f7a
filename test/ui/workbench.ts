import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { VSIX } from '../../scripts/package.mjs';
import { ROOT } from '../../scripts/root.mjs';
import {
  foldersIn,
  installExtension,
  openBrowser,
  startServer,
  webviewIn,
  workbenchUrl,
  writeSettings,
} from '../../scripts/vscode/server.mjs';

/** The themes VS Code brings along, one of each kind. */
export const THEMES = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
} as const;

export const WIDE = { width: 1440, height: 1000 };
/** With the Explorer beside it this leaves the panel about 300 pixels. */
export const NARROW = { width: 664, height: 1000 };

/** The machine may be slow, and busy with something else. */
const WAIT_MS = 60_000;
const PALETTE_TRIES = 20;
const LISTED_TRIES = 20;
const LISTED = '.quick-input-list .monaco-list-row';

export interface Look {
  readonly theme?: keyof typeof THEMES;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Opens the folder in Restricted Mode. */
  readonly restricted?: boolean;
  /** What extensions speak: "de". */
  readonly language?: string;
}

/** A folder is not trusted, and nobody is asked. */
const RESTRICTED = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

/** A VS Code with the packaged extension in it, as a user has it. */
export interface Workbench {
  readonly page: Page;
  /** Errors nobody caught in the page, so far. */
  readonly errors: readonly string[];
  /** Runs the command with this title, as the palette shows it: "Pagecost: Show Sections". */
  runCommand(title: string): Promise<void>;
  /** Waits until VS Code knows of the extension: a file opened earlier is opened as text. */
  untilKnown(): Promise<void>;
  /** A choice of the list that is open at the top. */
  listed(text: string): Locator;
  /** Takes a choice of that list by the keyboard, once the list has all of them. */
  choose(text: string): Promise<void>;
  /** Opens a file of the workspace's top folder for good, by a double click. */
  openFromExplorer(name: string): Promise<void>;
  /** What the visible webview shows. */
  panelFrame(): FrameLocator;
  /** Loads the window again, by the command: VS Code writes down then what it keeps. */
  reload(): Promise<void>;
  /** Writes .cache/screenshots/NAME.png and returns its path. */
  screenshot(name: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Opens a folder in a fresh VS Code, and waits until its files are shown.
 * @param settings the user's, on top of quiet ones
 */
export async function start(
  workspace: string,
  settings: Readonly<Record<string, unknown>> = {},
  {
    theme = 'light',
    viewport = { width: 1280, height: 800 },
    restricted = false,
    language,
  }: Look = {},
): Promise<Workbench> {
  const scratch = mkdtempSync(join(tmpdir(), 'pagecost-ui-'));
  const folders = foldersIn(scratch);
  writeSettings(folders, {
    'workbench.colorTheme': THEMES[theme],
    ...(restricted && RESTRICTED),
    ...settings,
  });
  installExtension(folders, VSIX);
  const server = await startServer(folders, { trust: restricted, ...(language && { language }) });
  const browser = await openBrowser(join(scratch, 'browser'), viewport);
  const { page } = browser;
  page.setDefaultTimeout(WAIT_MS);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));

  const filesShown = () =>
    page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  await page.goto(workbenchUrl(server, resolve(workspace)));
  await filesShown();

  const listed = (text: string) => page.locator(LISTED, { hasText: text }).first();

  return {
    page,
    errors,
    runCommand: (title) => runCommand(page, title),
    listed,
    choose: (text) => choose(page, text),
    async untilKnown() {
      await runCommand(page, 'Pagecost: Estimate 10k-Process Cost');
      await listed('Choose another file').waitFor();
      await page.keyboard.press('Escape');
    },
    openFromExplorer: (name) =>
      page
        .locator('.explorer-folders-view .monaco-list-row')
        .filter({ has: page.getByText(name, { exact: true }) })
        .dblclick(),
    panelFrame: () => webviewIn(page),
    async reload() {
      const loaded = page.waitForEvent('load');
      await runCommand(page, 'Developer: Reload Window');
      await loaded;
      await filesShown();
    },
    async screenshot(name) {
      const folder = join(ROOT, '.cache', 'screenshots');
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
    async stop() {
      await browser.close();
      await server.stop();
      rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The palette does not learn of commands that come after it was opened: it is opened again. */
async function runCommand(page: Page, title: string): Promise<void> {
  for (let tries = 0; tries < PALETTE_TRIES; tries++) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input:visible').first().waitFor();
    await page.keyboard.type(title);
    const row = page.locator(LISTED, { hasText: title }).first();
    const shown = await row.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
    if (shown) return row.click();
    await page.keyboard.press('Escape');
  }
  throw new Error(`The command palette does not know “${title}”.`);
}

/** Rows of a list are used again for other choices while it fills, so that a click may meet another. */
async function choose(page: Page, text: string): Promise<void> {
  await page.locator(LISTED, { hasText: text }).first().waitFor();
  await page
    .locator('.quick-input-widget .monaco-progress-container:not(.active)')
    .waitFor({ state: 'attached' });
  await page.keyboard.type(text);
  const focused = page.locator(`${LISTED}.focused`);
  for (let tries = 0; tries < LISTED_TRIES; tries++) {
    if ((await focused.textContent({ timeout: 5_000 }))?.includes(text))
      return page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(50);
  }
  throw new Error(`The list does not lead to “${text}”.`);
}

/** Waits until an element has a text, or fails with the one it has. */
export async function hasText(element: Locator, expected: string | RegExp): Promise<void> {
  const matches = (text: string) =>
    typeof expected === 'string' ? text.trim() === expected : expected.test(text);
  let text = '';
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
    text = (await element.first().textContent()) ?? '';
    if (matches(text)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`“${text}” is not ${expected}`);
}

/**
 * Takes a picture where a test of the suite fails.
 *
 * @param workbench that of the test; undefined where it did not start
 * @param suffix for the name of the picture, where suites have tests of the same title
 */
export function picturesOfFailures(workbench: () => Workbench | undefined, suffix = ''): void {
  afterEach(async function () {
    const { currentTest } = this;
    if (currentTest?.state !== 'failed') return;
    await workbench()?.screenshot(`failed-${currentTest.title}${suffix}`);
  });
}
