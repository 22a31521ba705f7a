/** A real VS Code of its own: a server on a free port of this machine, and a browser to open it in. */
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { installChromium, installCodeServer, installNode } from './install.mjs';

const START_MS = 60_000;
const STOP_MS = 5_000;
const ADDRESS = /listening on http:\/\/(127\.0\.0\.1:\d+)/;

/** No network, no greetings, nothing that changes from run to run. */
const QUIET = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  // By its old name, false, VS Code would write it anew, for which it starts what knows JSON.
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  // On in a browser: what a test types must not reach the sample.
  'files.autoSave': 'off',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * @typedef {object} Folders where a VS Code keeps what is its own
 * @property {string} userData settings and state
 * @property {string} extensions what is installed
 * @property {string} sockets its sockets, with short paths: a socket's has at most 107 bytes
 */

/**
 * @typedef {object} Server
 * @property {string} authority "127.0.0.1:PORT"
 * @property {() => string} log what the server said so far
 * @property {() => Promise<void>} stop ends the server and every process it started
 */

/** @param {string} scratch @returns {Folders} */
export const foldersIn = (scratch) => ({
  userData: join(scratch, 'user-data'),
  extensions: join(scratch, 'extensions'),
  sockets: scratch,
});

/**
 * Writes the user's settings. A VS Code that is open does not look at them again.
 * @param {Folders} folders
 * @param {Record<string, unknown>} settings on top of the quiet ones
 */
export function writeSettings({ userData }, settings = {}) {
  const folder = join(userData, 'User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...QUIET, ...settings }, null, 2));
}

/**
 * Puts an extension that is not packaged there. For a VS Code that never ran: later it looks no more.
 * @param {Folders} folders
 * @param {string} source its folder
 */
export const copyExtension = ({ extensions }, source) =>
  cpSync(source, join(extensions, basename(source)), { recursive: true });

/** @param {Folders} folders @param {string} vsix path of a packaged extension */
export function installExtension(folders, vsix) {
  const args = [...stateArguments(folders), '--install-extension', vsix];
  const done = spawnSync(installNode(), [installCodeServer(), ...args], {
    encoding: 'utf8',
    env: environment(),
  });
  if (done.status !== 0) throw new Error(`${vsix} was not installed: ${done.stdout}${done.stderr}`);
}

/**
 * @param {Folders} folders
 * @param {object} options
 * @param {boolean} [options.automation] lets a page say which extension to test, and be told the result
 * @param {boolean} [options.lean] without what VS Code brings along that runs code, but for Git: a window takes a
 *   fifth less work to open
 * @param {string} [options.language] that its extensions speak: "de"; English without
 * @param {Record<string, string>} [options.env] more environment, which extensions see as well
 * @returns {Promise<Server>}
 */
export async function startServer(
  folders,
  { automation = false, lean = false, language, env = {} } = {},
) {
  if (language) writeLanguagePack(folders, language);
  const args = [
    ...stateArguments(folders),
    '--auth=none',
    '--bind-addr=127.0.0.1:0',
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    ...(language ? [`--locale=${language}`] : []),
    ...(lean ? ['--vscode-option', `builtin-extensions-dir=${linkLeanExtensions(folders)}`] : []),
    ...(automation ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  // A process group of its own: an extension host can outlive its server.
  const child = spawn(installNode(), [installCodeServer(), ...args], {
    detached: true,
    env: { ...environment(), XDG_RUNTIME_DIR: folders.sockets, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.on('data', (text) => (log += text));
  child.stderr.on('data', (text) => (log += text));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const kill = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group has no process left.
    }
  };
  const killNow = () => kill('SIGKILL');
  process.once('exit', killNow);
  const stop = async () => {
    kill('SIGTERM');
    await Promise.race([ended, after(STOP_MS)]);
    killNow();
    process.off('exit', killNow);
  };

  for (const deadline = Date.now() + START_MS; ; await after(50)) {
    const authority = ADDRESS.exec(log)?.[1];
    if (authority) return { authority, log: () => log, stop };
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`The VS Code server did not start:\n${log}`);
    }
  }
}

/**
 * @param {string} profile a folder for the browser's state; a fresh one is a fresh user
 * @param {{ width: number, height: number }} viewport
 */
export async function openBrowser(profile, viewport = { width: 1280, height: 800 }) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: installChromium(),
    headless: true,
    viewport,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Any other name fails at once, instead of waiting where there is no network.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  return { page: context.pages()[0] ?? (await context.newPage()), close: () => context.close() };
}

/**
 * Makes a user new who had a VS Code open, but for what the browser has in its cache: without it, a
 * workbench takes twice as long to load.
 * @param {import('playwright-core').Page} page one in which no VS Code is open
 * @param {Server} server
 * @param {Folders} folders
 */
export async function forgetUser(page, { authority }, { userData }) {
  rmSync(join(userData, 'User'), { recursive: true, force: true, maxRetries: 3 });
  const debug = await page.context().newCDPSession(page);
  await debug.send('Storage.clearDataForOrigin', {
    origin: `http://${authority}`,
    storageTypes: 'cookies,indexeddb,local_storage,service_workers,cache_storage',
  });
  await debug.detach();
}

/**
 * The address of a folder or a .code-workspace file in the workbench, with what to do there.
 * @param {Server} server
 * @param {string} path absolute
 * @param {readonly (readonly [string, string])[]} payload pairs as VS Code's web page reads them
 */
export function workbenchUrl(server, path, payload = []) {
  const url = new URL(`http://${server.authority}/`);
  url.searchParams.set(path.endsWith('.code-workspace') ? 'workspace' : 'folder', path);
  if (payload.length) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/**
 * What the visible webview shows. VS Code puts a page into a page into its own.
 * @param {import('playwright-core').Page} page
 */
export const webviewIn = (page) =>
  page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');

/** @param {Server} server @param {string} path absolute @returns {string} the file as a URI there */
export const remoteUri = (server, path) => `vscode-remote://${server.authority}${path}`;

/** Links those of VS Code's own extensions that are data, as themes and grammars, and Git's. Returns their folder. */
function linkLeanExtensions({ userData }) {
  const all = resolve(installCodeServer(), '../../../lib/vscode/extensions');
  const lean = join(userData, 'lean-extensions');
  mkdirSync(lean, { recursive: true });
  for (const name of readdirSync(all)) {
    const manifest = join(all, name, 'package.json');
    if (!existsSync(manifest)) continue;
    const { main, browser } = JSON.parse(readFileSync(manifest, 'utf8'));
    if ((main ?? browser) === undefined || ['git', 'git-base'].includes(name)) {
      symlinkSync(join(all, name), join(lean, name));
    }
  }
  return lean;
}

/** Without a pack for it VS Code does not take a language. This one has no texts: VS Code's stay English. */
function writeLanguagePack({ userData }, language) {
  const texts = join(userData, `${language}.json`);
  const pack = {
    hash: 'none',
    label: language,
    extensions: [{ extensionIdentifier: { id: 'none' }, version: '1.0.0' }],
    translations: { vscode: texts },
  };
  writeFileSync(texts, JSON.stringify({ contents: {} }));
  writeFileSync(join(userData, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}

const stateArguments = ({ userData, extensions }) => [
  `--user-data-dir=${userData}`,
  `--extensions-dir=${extensions}`,
  // The server would write one into the home folder otherwise.
  `--config=${join(userData, 'code-server.yaml')}`,
];

/** Without the extension gallery, and without the VS Code this may have been started in. */
function environment() {
  const { VSCODE_IPC_HOOK_CLI: _, ...env } = process.env;
  return { ...env, EXTENSIONS_GALLERY: '{}' };
}

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
