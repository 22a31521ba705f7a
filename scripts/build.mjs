/**
 * Builds what is shipped: the extension, for Node.js and for a browser; the panel; the command.
 * `node scripts/build.mjs`
 */
import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build as esbuild } from 'esbuild';
import { ROOT } from './root.mjs';

const CLI = 'dist/cli.js';
const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  logLevel: 'warning',
  metafile: true,
  // What packages publish for bundlers: jsonc-parser's other form finds its parts at run time.
  mainFields: ['module', 'main'],
};

const BUNDLES = [
  {
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
  },
  {
    // In a browser, package.json has other modules for #editor/…: those in src/editor/web.
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/web.js',
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    external: ['vscode'],
  },
  {
    entryPoints: ['webview/panel.tsx', 'webview/panel.css'],
    outdir: 'dist/webview',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
  },
  {
    entryPoints: ['src/cli.ts'],
    outfile: CLI,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    // Beside the extension: the thread that ranks programs.
    entryPoints: ['src/rank-worker.ts'],
    outfile: 'dist/rank-worker.js',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  },
  {
    // Read when there are mangled names: its package would import it, as bundlers of the web do.
    entryPoints: [{ in: 'gecko-profiler-demangle/index_bg.wasm', out: 'demangle' }],
    outdir: 'dist',
    loader: { '.wasm': 'copy' },
  },
];

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const path of await build()) {
    const kib = (statSync(join(ROOT, path)).size / 1024).toFixed(1);
    console.log(`${kib.padStart(7)} KiB  ${path}`);
  }
}

/** @returns {Promise<string[]>} what was written, relative to the repository */
export async function build() {
  const results = await Promise.all(BUNDLES.map((bundle) => esbuild({ ...COMMON, ...bundle })));
  const written = results.flatMap(({ metafile }) => Object.keys(metafile.outputs));
  chmodSync(join(ROOT, CLI), 0o755);
  return written;
}
