/** Packs the extension, built before, into dist/pagecost.vsix. `node scripts/package.mjs` builds and packs. */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { ROOT } from './root.mjs';
import { installNode } from './vscode/install.mjs';

export const VSIX = join(ROOT, 'dist', 'pagecost.vsix');

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildAndPackage();
  console.log(`dist/pagecost.vsix: ${(statSync(VSIX).size / 1024).toFixed(1)} KiB`);
}

/** Nothing where whoever started this has done it: of two at once, one would read what the other half wrote. */
export async function buildAndPackage() {
  if (process.env.PAGECOST_BUILT) return;
  await build();
  packageExtension();
}

/** Throws, with what vsce said, where it does not pack. */
function packageExtension() {
  const vsce = fileURLToPath(import.meta.resolve('@vscode/vsce/vsce'));
  const args = [
    'package',
    // Everything is bundled: no package is a dependency when it runs.
    '--no-dependencies',
    // Pictures of the README are packed as well.
    '--no-rewrite-relative-links',
    '--allow-missing-repository',
    `--out=${VSIX}`,
  ];
  const done = spawnSync(installNode(), [vsce, ...args], { cwd: ROOT, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`vsce failed: ${done.stdout}${done.stderr}`);
}
