import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ROOT } from './root.mjs';

/**
 * The exports of TypeScript modules of the repository, bundled: Node 20 does not run TypeScript, and
 * esbuild is here anyway.
 *
 * @param {...string} paths relative to the repository
 * @returns {Promise<any>} all their exports in one object
 */
export async function loadTypeScript(...paths) {
  const directory = mkdtempSync(join(tmpdir(), 'pagecost-'));
  const outfile = join(directory, 'bundle.mjs');
  try {
    await build({
      stdin: {
        contents: paths.map((path) => `export * from './${path}';`).join('\n'),
        resolveDir: ROOT,
      },
      absWorkingDir: ROOT,
      bundle: true,
      platform: 'node',
      format: 'esm',
      // Packages in CommonJS require modules of Node.js.
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      outfile,
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
