import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import {
  commands,
  Disposable,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  window,
  workspace,
} from 'vscode';
import { isBinary } from '../../src/editor/find-binaries.js';
import { readProgram } from '../../src/editor/reading.js';
import { activate, closeEverything, sample, until } from './support/host.js';

const SCHEME = 'pagecost-test';
const at = (name: string) => Uri.from({ scheme: SCHEME, path: `/${name}` });

function contentOf(path: string): Uint8Array {
  const { fsPath } = sample(path);
  if (!existsSync(fsPath)) throw FileSystemError.FileNotFound(path);
  return readFileSync(fsPath);
}

/** A file system that is not on this machine: the sample, and a file that is too large to fetch. */
const elsewhere: FileSystemProvider = {
  onDidChangeFile: () => new Disposable(() => {}),
  watch: () => new Disposable(() => {}),
  stat({ path }): FileStat {
    const size = path === '/large' ? 2 ** 40 : contentOf(path).length;
    return { type: FileType.File, size, ctime: 0, mtime: 0 };
  },
  readFile: ({ path }) => contentOf(path),
  readDirectory: () => [],
  createDirectory() {},
  writeFile() {},
  delete() {},
  rename() {},
};

describe('Files that are not on this machine', () => {
  let registered: Disposable;
  before(async () => {
    await activate();
    registered = workspace.registerFileSystemProvider(SCHEME, elsewhere, { isReadonly: true });
  });
  after(() => registered.dispose());
  afterEach(closeEverything);

  it('are fetched, without their libraries', async () => {
    const { program, restrictedReason } = await readProgram(at('tiny-glibc'));
    assert.match(restrictedReason ?? '', /not on this machine \(pagecost-test:\)/);
    assert.deepEqual(
      program?.missing.map(({ name }) => name),
      ['/lib64/ld-linux-x86-64.so.2', 'libc.so.6'],
    );
    assert.equal(program.libraries.length, 0);
    assert.equal(await isBinary(at('tiny-glibc')), true);
    assert.equal(await isBinary(at('tiny.c')), false);
  });

  it('are not fetched when they are large', async () => {
    const { program, diagnostics } = await readProgram(at('large'));
    assert.equal(program, undefined);
    assert.match(diagnostics[0]?.message ?? '', /has 1 TiB\. .* at most 64 MiB are read/);
  });

  it('have a reason when they are not there', async () => {
    const { program, diagnostics } = await readProgram(at('absent'));
    assert.equal(program, undefined);
    assert.equal(diagnostics[0]?.code, 'not-readable');
  });

  it('open in every view', async () => {
    const { statusText } = await activate();
    await commands.executeCommand('pagecost.showSections', at('tiny-musl'));
    assert.match(window.activeTextEditor?.document.getText() ?? '', /^Pagecost .*\nELF64/);
    await commands.executeCommand('pagecost.estimateN', at('tiny-musl'), 3);
    await until('the figure', () => statusText()?.includes('×3 = '));
  });
});
