/**
 * Runs one suite of tests: every test/SUITE/**.test.ts, in the folder of the repository.
 *
 *   node scripts/suite.mjs unit               in Node.js
 *   node scripts/suite.mjs package            in Node.js, about the packaged extension
 *   node scripts/suite.mjs ui                 in Node.js, which drives a browser with VS Code in it
 *   node scripts/suite.mjs host               inside the extension host of a VS Code, which is Node.js
 *   node scripts/suite.mjs host-folders       the same, in a workspace of several folders
 *   node scripts/suite.mjs host-web           inside the extension host of a browser, with test/host/everywhere
 *   node scripts/suite.mjs SUITE 'some words' only tests whose titles contain that
 *   node scripts/suite.mjs ui --half=1        the first half of its files, by their names; --half=2 the others
 *
 * The last line is "N passed, N failed". No test at all is a failure.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { bundleTests, bundleWebTests } from './bundle-tests.mjs';
import { runMocha } from './mocha.mjs';
import { buildAndPackage } from './package.mjs';
import { ROOT } from './root.mjs';

const STAND_IN = join(ROOT, 'scripts/vscode/code.mjs');
/** For what hangs: a first webview takes seconds, and on a busy machine anything takes many times as long. */
const TIMEOUT_MS = {
  unit: 120_000,
  package: 120_000,
  host: 120_000,
  'host-folders': 120_000,
  'host-web': 120_000,
  ui: 180_000,
};

const [suite, ...rest] = process.argv.slice(2);
const half = /^--half=([12])$/.exec(rest[0] ?? '')?.[1];
const [grep] = half ? [] : rest;
if (!Object.hasOwn(TIMEOUT_MS, suite ?? '')) {
  console.error(`Which suite? One of: ${Object.keys(TIMEOUT_MS).join(', ')}.`);
  process.exit(2);
}

process.chdir(ROOT);
// One per run: runs may overlap.
const folder = join(ROOT, '.cache', 'tests', `${suite}-${process.pid}`);
mkdirSync(folder, { recursive: true });
try {
  await buildAndPackage();
  const { passed, failed } = await (suite.startsWith('host') ? runInHost() : runHere());
  console.log(`${passed} passed, ${failed} failed`);
  if (failed || !passed) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
// A test that failed may have left a browser behind, which ends with this process.
process.exit();

async function runHere() {
  const all = (await bundleTests(suite, folder)).sort();
  const middle = Math.ceil(all.length / 2);
  const files = half === '1' ? all.slice(0, middle) : half === '2' ? all.slice(middle) : all;
  return runMocha(files, { timeout: TIMEOUT_MS[suite], grep });
}

/** In VSCODE_EXE if that is set: a desktop VS Code. */
async function runInHost() {
  const web = suite === 'host-web';
  const start = join(folder, 'index.js');
  const results = join(folder, 'results.json');
  const options = { results, timeout: TIMEOUT_MS[suite], grep: grep ?? '' };
  await (web ? bundleWebTests(start, options) : bundleTests(suite, folder));
  const opened = suite === 'host-folders' ? writeWorkspace(folder) : copySample(folder);
  const profile = ['user-data', 'extensions'].map((name) => `--${name}-dir=${join(folder, name)}`);
  await runTests({
    vscodeExecutablePath: process.env.VSCODE_EXE ?? STAND_IN,
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: start,
    launchArgs: [opened, ...profile, ...(web ? ['--extensionDevelopmentKind=web'] : [])],
    extensionTestsEnv: { PAGECOST_TEST: JSON.stringify(options) },
    // Failed tests are in the results as well.
  }).catch((error) => console.error(error.message));
  const { report, ...counts } = JSON.parse(readFileSync(results, 'utf8'));
  console.log(report);
  return counts;
}

/** Copies what the tests write to: other suites may run. Returns the folder with the sample. */
function copySample(folder) {
  for (const path of ['sample', 'test/fixtures']) {
    cpSync(join(ROOT, path), join(folder, path), { recursive: true, preserveTimestamps: true });
  }
  return join(folder, 'sample');
}

/**
 * Writes two folders with settings of their own, and a workspace of them and of one that is not on this
 * machine: whoever provides files of that scheme has to be a test.
 */
function writeWorkspace(folder) {
  for (const [name, processes] of [
    ['first', 20],
    ['second', 7],
  ]) {
    const path = join(folder, name);
    mkdirSync(join(path, '.vscode'), { recursive: true });
    writeFileSync(
      join(path, '.vscode', 'settings.json'),
      JSON.stringify({ 'pagecost.processes': processes }),
    );
    for (const file of ['tiny-nolibc', 'tiny-nolibc.c', 'tiny-musl']) {
      cpSync(join(ROOT, 'sample', file), join(path, file), { preserveTimestamps: true });
    }
  }
  const file = join(folder, 'several.code-workspace');
  const folders = [{ path: 'first' }, { path: 'second' }, { uri: 'pagecost-test:/third' }];
  writeFileSync(file, JSON.stringify({ folders }));
  return file;
}
