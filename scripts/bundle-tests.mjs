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

/** An extension host has `vscode` for modules that are required, and starts at index.ts. */
const FOR_HOST = { format: 'cjs', external: ['vscode'] };
const FOR_NODE = {
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  splitting: true,
  plugins: [scriptsInPlace],
};

/**
 * Makes JavaScript of test/SUITE/**.test.ts: Node.js 20 does not run TypeScript.
 * @param {string} suite
 * @param {string} folder where to write; below the repository, where imports of packages are found
 * @returns {Promise<string[]>} absolute paths of the tests that were written
 */
export async function bundleTests(suite, folder) {
  const host = suite === 'host';
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [`test/${suite}/**/*.test.ts`, ...(host ? ['test/host/index.ts'] : [])],
    outbase: `test/${suite}`,
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
    metafile: true,
    ...(host ? FOR_HOST : FOR_NODE),
  });
  return Object.keys(metafile.outputs)
    .filter((path) => /\.test\.m?js$/.test(path))
    .map((path) => join(ROOT, path));
}
