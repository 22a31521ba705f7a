import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ROOT } from './root.mjs';

/** Scripts find the repository by where they are: they stay there. */
const scriptsInPlace = {
  name: 'scripts-in-place',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/scripts\/.*\.mjs$/ }, ({ path, resolveDir }) => ({
      path: pathToFileURL(join(resolveDir, path)).href,
      external: true,
    })),
};

/** Tests that run in either extension host. */
const EVERYWHERE = 'test/host/everywhere';
/** An extension host has `vscode` for modules that are required. */
const FOR_HOST = { format: 'cjs', platform: 'node', packages: 'external', external: ['vscode'] };
const FOR_NODE = {
  format: 'esm',
  platform: 'node',
  packages: 'external',
  outExtension: { '.js': '.mjs' },
  splitting: true,
  plugins: [scriptsInPlace],
};
const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  sourcemap: 'inline',
  logLevel: 'warning',
  metafile: true,
};

/**
 * Makes JavaScript of test/SUITE/**.test.ts: Node.js 20 does not run TypeScript.
 * @param {string} suite
 * @param {string} folder where to write; below the repository, where imports of packages are found
 * @returns {Promise<string[]>} absolute paths of the tests that were written
 */
export async function bundleTests(suite, folder) {
  const host = suite.startsWith('host');
  const { metafile } = await build({
    ...COMMON,
    entryPoints: [
      `test/${suite}/**/*.test.ts`,
      // Where an extension host starts.
      ...(host ? [{ in: 'test/host/index.ts', out: 'index' }] : []),
    ],
    outbase: `test/${suite}`,
    outdir: folder,
    target: 'node20',
    ...(host ? FOR_HOST : FOR_NODE),
  });
  return Object.keys(metafile.outputs)
    .filter((path) => /\.test\.m?js$/.test(path))
    .map((path) => join(ROOT, path));
}

/**
 * Makes one script of mocha, test/host-web/*.test.ts and test/host/everywhere/*.test.ts, for the extension
 * host of a browser.
 * @param {string} file where to write
 * @param {object} options what the script knows, for a browser has no environment: see test/host-web/index.ts
 */
export async function bundleWebTests(file, options) {
  const tests = ['test/host-web', EVERYWHERE].flatMap(testsIn);
  // What VS Code calls comes first, since it starts mocha.
  const [first, ...others] = ['test/host-web/index.ts', ...tests].map(
    (path) => `require('./${path}');`,
  );
  await build({
    ...COMMON,
    stdin: { contents: `module.exports = ${first}\n${others.join('\n')}`, resolveDir: ROOT },
    outfile: file,
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    external: ['vscode'],
    alias: { 'node:assert/strict': './test/host-web/assert.ts' },
    define: { PAGECOST_TEST: JSON.stringify(options) },
  });
}

const testsIn = (folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => `${folder}/${name}`);
