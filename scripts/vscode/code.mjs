#!/usr/bin/env node
/**
 * Stands in for the `code` executable where there is no desktop VS Code to be had: takes the
 * arguments @vscode/test-electron gives, opens a VS Code server in a headless browser, and ends with
 * the exit code of the tests. What server, workbench and extension host say goes to .cache/code.log.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { format, parseArgs } from 'node:util';
import { ROOT } from '../root.mjs';
import {
  foldersIn,
  openBrowser,
  remoteUri,
  startServer,
  workbenchUrl,
  writeSettings,
} from './server.mjs';

const LOG = join(ROOT, '.cache', 'code.log');
/** For a workbench that hangs: a busy machine takes some ten minutes. */
const LIMIT_MS = 30 * 60_000;
const INTERRUPTED = 130;
const TIMED_OUT = 124;

const { values, positionals } = parseArgs({
  // The others are for a desktop window.
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true, default: [] },
    extensionDevelopmentKind: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
  },
});

const scratch = mkdtempSync(join(tmpdir(), 'pagecost-code-'));
const own = foldersIn(scratch);
const folders = {
  ...own,
  userData: values['user-data-dir'] ?? own.userData,
  extensions: values['extensions-dir'] ?? own.extensions,
};
const opened = positionals[0] ?? scratch;
writeSettings(folders, extensionKinds());

const workbenchLog = [];
const server = await startServer(folders, { automation: true });
const browser = await openBrowser(join(scratch, 'browser'));
const code = await runTests();
writeFileSync(LOG, [...workbenchLog, 'The server:', server.log()].join('\n'));
if (code !== 0) console.error(`What VS Code said is in ${LOG}`);
await browser.close();
await server.stop();
rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
process.exit(code);

/**
 * The settings by which an extension runs where it is to. In a browser, VS Code takes the kind of the
 * command line from a property that nobody reads.
 */
function extensionKinds() {
  const { extensionDevelopmentKind: kind, extensionDevelopmentPath: paths } = values;
  if (!kind) return {};
  const kinds = paths.map((path) => {
    const { publisher, name } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    return [`${publisher}.${name}`, [kind]];
  });
  return { 'remote.extensionKind': Object.fromEntries(kinds) };
}

/** Opens the workbench on the folder or workspace, and waits for the exit code of the tests. */
async function runTests() {
  const result = new Promise((done) => {
    process.once('SIGINT', () => done(INTERRUPTED));
    process.once('SIGTERM', () => done(INTERRUPTED));
    setTimeout(() => done(TIMED_OUT), LIMIT_MS).unref();
    browser.page.on('crash', () => done(1));
    // The two functions a workbench looks for in its page when it tests extensions.
    browser.page.exposeFunction('codeAutomationExit', done);
  });
  await browser.page.exposeFunction('codeAutomationLog', (type, line) =>
    workbenchLog.push(`${type} ${format(...line)}`),
  );
  const uris = (key, paths) => paths.map((path) => [key, remoteUri(server, resolve(path))]);
  const payload = [
    ...uris('extensionDevelopmentPath', values.extensionDevelopmentPath),
    ...uris('extensionTestsPath', [values.extensionTestsPath]),
  ];
  await browser.page.goto(workbenchUrl(server, resolve(opened), payload));
  return result;
}
