/**
 * Shows the sample in a real VS Code, on a machine that has nothing but Node.js and npm.
 *
 *   npm start             opens it on a free port and says where, until Ctrl-C
 *   npm start -- --once   looks at it in a headless browser instead, and leaves .cache/start.png
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages } from './install-packages.mjs';
import { ROOT } from './root.mjs';
import { onPath } from './vscode/install.mjs';

const FOLDER = join(ROOT, 'sample');
const PROGRAM = join(FOLDER, 'tiny.freebsd');
const BERNSTEINS_HEAP = '360,80,180,16,440';
const LOOK_MS = 120_000;

installPackages();
const { buildAndPackage, VSIX } = await import('./package.mjs');
const vscode = await import('./vscode/server.mjs');

console.log('Building the extension …');
await buildAndPackage();
const scratch = mkdtempSync(join(tmpdir(), 'pagecost-start-'));
const folders = vscode.foldersIn(scratch);
vscode.writeSettings(folders);
vscode.copyExtension(folders, join(ROOT, 'scripts/vscode/opener'));
vscode.installExtension(folders, VSIX);
const server = await vscode.startServer(folders, { env: { PAGECOST_OPEN: PROGRAM } });
const url = vscode.workbenchUrl(server, FOLDER);

console.log(`\n${estimate('--heap', BERNSTEINS_HEAP)}`);
console.log(
  `In VS Code, as a panel, with the same heap once “Bernstein’s five” is pressed:\n\n  ${url}\n`,
);
try {
  if (process.argv.includes('--once')) await lookOnce();
  else await untilInterrupted();
} finally {
  await server.stop();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
}
process.exit();

/** What the command says of the sample. */
function estimate(...options) {
  const args = [join(ROOT, 'dist/cli.js'), ...options, PROGRAM];
  return execFileSync(process.execPath, args, { encoding: 'utf8' });
}

/** Opens the address as a person would, and compares the panel's figure with the command's. */
async function lookOnce() {
  const browser = await vscode.openBrowser(join(scratch, 'browser'));
  try {
    await browser.page.goto(url);
    const figure = vscode.webviewIn(browser.page).locator('.headline .exact').first();
    const shown = await figure.innerText({ timeout: LOOK_MS });
    await browser.page.screenshot({ path: join(ROOT, '.cache', 'start.png') });
    const { perProcess } = JSON.parse(estimate('--json'));
    if (shown.replace(/\D/g, '') !== String(perProcess.bytes)) {
      throw new Error(`The panel says ${shown}, the command ${perProcess.bytes} bytes.`);
    }
    console.log(`The panel says ${shown} per process. It is in .cache/start.png`);
  } finally {
    await browser.close();
  }
}

function untilInterrupted() {
  if (onPath('code')) {
    console.log(`Or in your own: code --install-extension ${VSIX} && code ${FOLDER} ${PROGRAM}\n`);
  }
  console.log('Ctrl-C ends it.');
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
}
