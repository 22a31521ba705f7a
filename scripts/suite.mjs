/**
 * Runs one suite of tests: every test/SUITE/**.test.ts, in the folder of the repository.
 *
 *   node scripts/suite.mjs unit               in Node.js
 *   node scripts/suite.mjs package            in Node.js, about the packaged extension
 *   node scripts/suite.mjs ui                 in Node.js, which drives a browser with VS Code in it
 *   node scripts/suite.mjs host               inside the extension host of a VS Code
 *   node scripts/suite.mjs SUITE 'some words' only tests whose titles contain that
 *
 * The last line is "N passed, N failed". No test at all is a failure.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { build as esbuild } from 'esbuild';
import { build } from './build.mjs';
import { runMocha } from './mocha.mjs';
import { packageExtension } from './package.mjs';
import { ROOT } from './root.mjs';

const STAND_IN = join(ROOT, 'scripts/vscode/code.mjs');
/** A first webview takes seconds, on a busy machine many. */
const TIMEOUT_MS = { unit: 20_000, package: 20_000, host: 120_000, ui: 180_000 };

const [suite, grep] = process.argv.slice(2);
if (!Object.hasOwn(TIMEOUT_MS, suite ?? '')) {
  console.error(`Which suite? One of: ${Object.keys(TIMEOUT_MS).join(', ')}.`);
  process.exit(2);
}

process.chdir(ROOT);
process.setSourceMapsEnabled(true);
// Below the repository, where imports of packages are found; one folder per run, where runs overlap.
const folder = join(ROOT, '.cache', 'tests', `${suite}-${process.pid}`);
mkdirSync(folder, { recursive: true });
try {
  await build();
  if (suite === 'package' || suite === 'ui') packageExtension();
  const { passed, failed } = await (suite === 'host' ? runInHost() : runHere());
  console.log(`${passed} passed, ${failed} failed`);
  if (failed || !passed) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
// A test that failed may have left a browser behind, which ends with this process.
process.exit();

async function runHere() {
  const written = await bundleTests({
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    splitting: true,
    plugins: [scriptsInPlace],
  });
  const files = written.filter((path) => path.endsWith('.test.mjs'));
  return runMocha(files, { timeout: TIMEOUT_MS[suite], grep });
}

/** In VSCODE_EXE if that is set: a desktop VS Code. */
async function runInHost() {
  await bundleTests({ format: 'cjs', external: ['vscode'] }, ['test/host/index.ts']);
  const results = join(folder, 'results.json');
  const workspace = join(ROOT, 'sample');
  const profile = ['user-data', 'extensions'].map((name) => `--${name}-dir=${join(folder, name)}`);
  await runTests({
    vscodeExecutablePath: process.env.VSCODE_EXE ?? STAND_IN,
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: join(folder, 'index.js'),
    launchArgs: [workspace, ...profile],
    extensionTestsEnv: {
      PAGECOST_TEST_RESULTS: results,
      PAGECOST_TEST_TIMEOUT: String(TIMEOUT_MS.host),
      PAGECOST_TEST_GREP: grep ?? '',
    },
  }).catch((error) => console.error(error.message));
  return JSON.parse(readFileSync(results, 'utf8'));
}

/** Node.js 20 does not run TypeScript. @returns {Promise<string[]>} absolute paths of what was written */
async function bundleTests(options, more = []) {
  const { metafile } = await esbuild({
    absWorkingDir: ROOT,
    entryPoints: [`test/${suite}/**/*.test.ts`, ...more],
    outbase: `test/${suite}`,
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
    metafile: true,
    ...options,
  });
  return Object.keys(metafile.outputs).map((path) => join(ROOT, path));
}

/** Scripts find the repository by where they are: they stay there. */
const scriptsInPlace = {
  name: 'scripts-in-place',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/scripts\/.*\.mjs$/ }, ({ path, resolveDir }) => ({
      path: pathToFileURL(join(resolveDir, path)).href,
      external: true,
    })),
};
