import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const BIOME = resolve('node_modules/.bin/biome');

/** A file of each part that runs in every host. */
const PURE = [
  'src/binary/a.ts',
  'src/system/a.ts',
  'src/model/a.ts',
  'src/model/malloc/a.ts',
  'src/budget/a.ts',
  'src/report/a.ts',
  'src/format.ts',
  'src/language.ts',
  'src/msg.ts',
  'src/protocol.ts',
  'src/steps.ts',
  'webview/a.tsx',
  'webview/view-model/a.ts',
];
const WITHOUT_VSCODE = [...PURE, 'src/program/a.ts', 'src/cli.ts', 'test/unit/a.test.ts'];
const EVERYWHERE = [...WITHOUT_VSCODE, 'src/editor/a.ts', 'src/extension.ts'];

interface Output {
  readonly diagnostics: readonly { readonly location: { readonly path: string } }[];
}

describe('the linter keeps the parts apart', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pagecost-boundaries-'));
    for (const name of ['biome.json', '.gitignore']) cpSync(name, join(folder, name));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Which of all files the project's own rules refuse, if this line is in them. */
  function refused(line: string): string[] {
    for (const path of EVERYWHERE) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `${line}\nexport const used = () => it;\n`);
    }
    const { stdout } = spawnSync(BIOME, ['lint', '--reporter=json'], { cwd: folder });
    const { diagnostics } = JSON.parse(String(stdout)) as Output;
    return EVERYWHERE.filter((path) => diagnostics.some(({ location }) => location.path === path));
  }

  it('lets harmless imports through', () => {
    assert.deepEqual(refused("import { it } from './neighbour.js';"), []);
  });

  for (const line of [
    "import * as it from 'vscode';",
    "import type { Uri } from 'vscode';\nconst it = (uri: Uri) => uri;",
    "import { it } from '../editor/neighbour.js';",
    "import { it } from '#editor/neighbour.js';",
  ]) {
    it(`keeps VS Code to src/editor and src/extension.ts: ${line}`, () => {
      assert.deepEqual(refused(line), WITHOUT_VSCODE);
    });
  }

  for (const line of [
    "import { readFileSync as it } from 'node:fs';",
    "const it = import('node:fs');",
    'const it = process.platform;',
    'const it = Buffer.alloc(1);',
    "import { it } from '../program/load-program.js';",
    "import { it } from '../check/read-text.js';",
  ]) {
    it(`keeps the parts that run in every host free of one: ${line}`, () => {
      assert.deepEqual(refused(line), PURE);
    });
  }

  it('wants an import to say where a thing is', () => {
    assert.deepEqual(
      refused("import { it } from './it.js';\nexport * from './it.js';"),
      EVERYWHERE,
    );
  });
});
