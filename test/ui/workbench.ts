import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { ROOT } from '../../scripts/root.mjs';
import { webviewIn, workbenchUrl, writeSettings } from '../../scripts/vscode/server.mjs';
import { newUser } from './session.js';

/** The themes VS Code brings along, one of each kind: its name, and the class of a workbench that has it. */
const THEMES = {
  light: ['Light Modern', 'vs'],
  dark: ['Dark Modern', 'vs-dark'],
  'high-contrast': ['Default High Contrast', 'hc-black'],
  'high-contrast-light': ['Default High Contrast Light', 'hc-light'],
} as const;

export type Theme = keyof typeof THEMES;
export const ALL_THEMES = Object.keys(THEMES) as readonly Theme[];

export const WIDE = { width: 1440, height: 1000 };
/** With the Explorer beside it this leaves the panel about 300 pixels. */
export const NARROW = { width: 664, height: 1000 };

/** The machine may be slow, and busy with something else. */
const WAIT_MS = 60_000;
const PALETTE_TRIES = 20;
const LISTED_TRIES = 20;
/** Between two looks at what is waited for. */
const POLL_MS = 50;
const LISTED = '.quick-input-list .monaco-list-row';

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Look {
  readonly viewport?: Size;
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
  /** Waits until VS Code knows of the editor of the extension: a file opened earlier is opened as text. */
  untilKnown(): Promise<void>;
  /** Closes all editors, and waits until no panel is left. */
  closeEditors(): Promise<void>;
  /** A choice of the list that is open at the top. */
  listed(text: string): Locator;
  /** Takes a choice of that list by the keyboard, once the list has all of them. */
  choose(text: string): Promise<void>;
  /** Takes what the list or field that is open at the top has. */
  enter(): Promise<void>;
  /** A file or folder of the workspace's top folder, in the Explorer. */
  fileRow(name: string): Locator;
  /** Opens a file of the workspace's top folder for good, by a double click. */
  openFromExplorer(name: string): Promise<void>;
  /** The view of programs. */
  programs(): Locator;
  /** What the visible webview shows. */
  panelFrame(): FrameLocator;
  /** Gives VS Code another theme, by the settings of the folder: it has to be the test's own. */
  useTheme(theme: Theme): Promise<void>;
  /** Gives the window another size, and waits until webviews keep to it. */
  resize(size: Size): Promise<void>;
  /** Loads the window again, by the command: VS Code writes down then what it keeps. */
  reload(): Promise<void>;
  /** Writes .cache/screenshots/NAME.png and returns its path. */
  screenshot(name: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Opens a folder in a VS Code that is as fresh as its user, and waits until its files are shown. The one
 * before has to be stopped.
 * @param settings the user's, on top of quiet ones
 */
export async function start(
  workspace: string,
  settings: Readonly<Record<string, unknown>> = {},
  { viewport = { width: 1280, height: 800 }, restricted = false, language }: Look = {},
): Promise<Workbench> {
  const { page, server, folders } = await newUser(language);
  writeSettings(folders, {
    'workbench.colorTheme': THEMES.light[0],
    ...(restricted && RESTRICTED),
    ...settings,
  });
  page.setDefaultTimeout(WAIT_MS);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  await page.setViewportSize(viewport);

  const rows = page.locator('.explorer-folders-view .monaco-list-row');
  const fileRow = (name: string) => rows.filter({ has: page.getByText(name, { exact: true }) });
  const listed = (text: string) => page.locator(LISTED, { hasText: text }).first();
  const programs = page.locator('.pane', { has: page.locator('.pane-header .codicon-dashboard') });
  const ready = async () => {
    await rows.first().waitFor();
    // It comes with the commands of the extension.
    await programs.waitFor();
  };
  await page.goto(workbenchUrl(server, resolve(workspace)));
  await ready();

  return {
    page,
    errors,
    runCommand: (title) => runCommand(page, title),
    async untilKnown() {
      // A list closes when the workbench, as it starts, takes the focus for something else.
      for (let tries = 0; tries < PALETTE_TRIES; tries++) {
        await runCommand(page, 'Pagecost: Estimate 10k-Process Cost');
        if (await comes(listed('Choose another file'), 10_000)) {
          return page.keyboard.press('Escape');
        }
      }
      throw new Error('The command does not list binaries.');
    },
    async closeEditors() {
      await runCommand(page, 'View: Close All Editors');
      await page.locator('iframe.webview').first().waitFor({ state: 'detached' });
    },
    listed,
    choose: (text) => choose(page, text),
    enter: () => enter(page),
    fileRow,
    openFromExplorer: (name) => fileRow(name).dblclick(),
    programs: () => programs,
    panelFrame: () => webviewIn(page),
    async useTheme(theme) {
      const [name, className] = THEMES[theme];
      mkdirSync(join(workspace, '.vscode'), { recursive: true });
      const file = join(workspace, '.vscode', 'settings.json');
      writeFileSync(file, JSON.stringify({ 'workbench.colorTheme': name }));
      await page.locator(`.monaco-workbench.${className}`).waitFor();
    },
    async resize(size) {
      await page.setViewportSize(size);
      // VS Code lays them over their editors, and anew a little later.
      const edges = () =>
        page
          .locator('iframe.webview:visible')
          .evaluateAll((frames) => frames.map((frame) => frame.getBoundingClientRect().right));
      await until(async () => (await edges()).every((edge) => edge <= size.width));
    },
    async reload() {
      const loaded = page.waitForEvent('load');
      await runCommand(page, 'Developer: Reload Window');
      await loaded;
      await ready();
    },
    async screenshot(name) {
      const folder = join(ROOT, '.cache', 'screenshots');
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
    stop: () => page.close(),
  };
}

/** The palette does not learn of commands that come after it was opened: it is opened again. */
async function runCommand(page: Page, title: string): Promise<void> {
  const row = page.locator(LISTED, { hasText: title }).first();
  for (let tries = 0; tries < PALETTE_TRIES; tries++) {
    await page.keyboard.press('F1');
    await box(page).focus();
    // At once: key by key, VS Code searches all commands as often.
    await page.keyboard.insertText(title);
    if (await comes(row, 3_000)) return row.click();
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
  await box(page).focus();
  await page.keyboard.insertText(text);
  const focused = page.locator(`${LISTED}.focused`);
  for (let tries = 0; tries < LISTED_TRIES; tries++) {
    if (await comes(focused.filter({ hasText: text }), 500)) return enter(page);
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`The list does not lead to “${text}”.`);
}

/**
 * Presses Enter in the box at the top. It may have lost the focus: a panel gets it back, a moment later,
 * when the palette closes.
 */
const enter = (page: Page) => box(page).press('Enter');

/** The field of the box at the top. */
const box = (page: Page): Locator => page.locator('.quick-input-widget input:visible').first();

/** Whether an element is seen within some time. */
export const comes = (element: Locator, timeout: number): Promise<boolean> =>
  element.waitFor({ timeout }).then(
    () => true,
    () => false,
  );

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + WAIT_MS; Date.now() < deadline; await pause()) {
    if (await holds()) return;
  }
  assert.fail(`It did not come to pass: ${holds}`);
}

/** Waits until an element has a text, or fails with the one it has. */
export async function hasText(element: Locator, expected: string | RegExp): Promise<void> {
  const matches = (text: string) =>
    typeof expected === 'string' ? text.trim() === expected : expected.test(text);
  let text = '';
  for (const deadline = Date.now() + WAIT_MS; Date.now() < deadline; await pause()) {
    text = (await element.first().textContent()) ?? '';
    if (matches(text)) return;
  }
  assert.fail(`“${text}” is not ${expected}`);
}

const pause = () => new Promise((resolve) => setTimeout(resolve, POLL_MS));

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
