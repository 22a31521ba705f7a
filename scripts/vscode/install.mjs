/**
 * Gets a real VS Code without its desktop app: code-server, which is VS Code's workbench and
 * extension host behind a web server, the Node.js it runs on, and a Chromium to open it in.
 *
 *   node scripts/vscode/install.mjs   installs what is missing into .cache/ and says where it is
 */
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../root.mjs';

const CACHE = join(ROOT, '.cache');
const CODE_SERVER = '4.139.1';
/** code-server 4.139 and vsce 4 refuse the Node.js 20 that is enough for everything else. */
const NODE = '24.21.0';
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ATTEMPTS = 3;

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(`node        ${installNode()}`);
  console.log(`code-server ${installCodeServer()}`);
  console.log(`chromium    ${installChromium()}`);
}

/** @returns {string} path of an executable Node.js 24 */
export function installNode() {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = installOnce(`node-${NODE}`, (to) => npmInstall(to, `${name}@${NODE}`));
  return join(folder, 'node_modules', name, 'bin', 'node');
}

/** @returns {string} path of code-server's script, to be run with `installNode()` */
export function installCodeServer() {
  const folder = installOnce(`code-server-${CODE_SERVER}`, (to) => {
    // Scripts off: they would build a watchdog, a logger and Kerberos, which need a compiler. The
    // server does without. What VS Code itself needs is installed by hand, as its scripts would.
    npmInstall(to, `code-server@${CODE_SERVER}`);
    const vscode = join(to, 'node_modules', 'code-server', 'lib', 'vscode');
    npmInstall(vscode, '--omit=dev');
    npmInstall(join(vscode, 'extensions'), '--omit=dev');
  });
  return join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
}

/** @returns {string} path of a Chromium: CHROMIUM, one on the PATH, or one installed with apt-get */
export function installChromium() {
  const found = process.env.CHROMIUM ?? CHROMIUM_NAMES.map(onPath).find(Boolean);
  if (found) return found;
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    throw new Error(
      'No Chromium was found on the PATH. Install one, or name its executable in the variable CHROMIUM.',
    );
  }
  console.log('Installing Chromium with apt-get …');
  retrying('apt-get', ['update', '-qq']);
  retrying('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return installChromium();
}

/** @param {string} name @returns {string | undefined} path of an executable on the PATH */
export function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/**
 * Fills `.cache/name` and returns its path. It gets its name when it is complete: an installation
 * that was cut short is made again, and two at the same time do not meet.
 * @param {string} name
 * @param {(folder: string) => void} fill
 */
function installOnce(name, fill) {
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  console.log(`Installing ${name} into .cache/ …`);
  const started = Date.now();
  const unfinished = join(CACHE, `${name}.${process.pid}`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  // npm installs into the nearest folder that has a package.json.
  writeFileSync(join(unfinished, 'package.json'), '{ "private": true }\n');
  fill(unfinished);
  if (existsSync(folder)) rmSync(unfinished, { recursive: true });
  else renameSync(unfinished, folder);
  console.log(`Installed ${name} in ${Math.round((Date.now() - started) / 1000)} s`);
  return folder;
}

/** @param {string} cwd @param {string[]} what packages or options */
function npmInstall(cwd, ...what) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  retrying('npm', ['install', '--ignore-scripts', ...quiet, ...what], { cwd });
}

/** Runs a command that uses the network, again where it fails. */
function retrying(command, args, options = {}) {
  for (let attempt = 1; ; attempt++) {
    const { status, error, stdout, stderr } = spawnSync(command, args, {
      encoding: 'utf8',
      ...options,
    });
    if (status === 0) return;
    const why = error?.message ?? `${stdout}${stderr}`.trim();
    if (attempt === ATTEMPTS) throw new Error(`${command} ${args.join(' ')} failed: ${why}`);
    console.log(`${command} failed, trying again (${attempt} of ${ATTEMPTS}): ${why.slice(-300)}`);
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
