import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { VSIX } from '../../scripts/package.mjs';
import { namesInZip } from './zip.js';

const KIB = 1024;
/** Bundles may be this large, and all of it packed. A user downloads it; VS Code reads it at start. */
const MOST = {
  'dist/extension.js': 300 * KIB,
  'dist/web.js': 220 * KIB,
  'dist/demangle.wasm': 512 * KIB,
  'dist/webview/panel.js': 320 * KIB,
  'dist/cli.js': 256 * KIB,
  'dist/rank-worker.js': 150 * KIB,
  // The extension is in it twice, for Node.js and for a browser; and a demangler, half of it.
  'dist/pagecost.vsix': 850 * KIB,
};

describe('the packaged extension', () => {
  it('holds what it needs and nothing else', () => {
    const names = namesInZip(readFileSync(VSIX));
    assert.deepEqual(names.sort(), [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/changelog.md',
      'extension/dist/cli.js',
      'extension/dist/demangle.wasm',
      'extension/dist/extension.js',
      'extension/dist/rank-worker.js',
      'extension/dist/web.js',
      'extension/dist/webview/panel.css',
      'extension/dist/webview/panel.js',
      // What README, rules and help of the command refer to.
      'extension/docs/accuracy.md',
      'extension/docs/budgets.md',
      'extension/docs/cli.md',
      'extension/docs/model.md',
      'extension/docs/panel.png',
      'extension/media/budgets.schema.json',
      'extension/media/icon.png',
      'extension/media/icons/pages-dark.svg',
      'extension/media/icons/pages-light.svg',
      'extension/media/l10n/bundle.l10n.de.json',
      'extension/media/notices.txt',
      'extension/media/pagecost.schema.json',
      'extension/media/walkthrough/code.de.svg',
      'extension/media/walkthrough/code.svg',
      'extension/media/walkthrough/estimate.de.svg',
      'extension/media/walkthrough/estimate.svg',
      'extension/media/walkthrough/layout.de.svg',
      'extension/media/walkthrough/layout.svg',
      'extension/media/walkthrough/open.de.svg',
      'extension/media/walkthrough/open.svg',
      'extension/package.json',
      'extension/package.nls.de.json',
      'extension/package.nls.json',
      'extension/readme.md',
      'extension/sample/tiny-nolibc',
      'extension/sample/tiny-nolibc.c',
    ]);
  });

  for (const [path, most] of Object.entries(MOST)) {
    it(`keeps ${path} under ${most / KIB} KiB`, () => {
      const { size } = statSync(path);
      assert.ok(size > 0 && size <= most, `${path} has ${size} bytes`);
    });
  }
});
