import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import {
  CancellationTokenSource,
  ConfigurationTarget,
  commands,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { readProgram } from '../../src/editor/binaries/reading.js';
import { circumstancesOf } from '../../src/editor/builds/circumstances.js';
import { createLastBuilds } from '../../src/editor/builds/last-builds.js';
import { showProgram } from '../../src/editor/panel/view.js';
import { scanPrograms } from '../../src/editor/programs/program-scan.js';
import { buildElf, EM_X86_64, ET_DYN } from '../support/elf-builder.js';
import { activate, closeEverything, sample, until } from './support/host.js';

describe('The setting pagecost.sysroot', () => {
  const sysroot = realpathSync(mkdtempSync(join(tmpdir(), 'pagecost-sysroot-')));
  const set = (value: string | undefined) =>
    workspace.getConfiguration('pagecost').update('sysroot', value, ConfigurationTarget.Global);
  const libraries = async () => {
    const { program } = await readProgram(sample('tiny-glibc'));
    assert(program);
    return [program.interpreter, ...program.libraries].map((object) => object?.path);
  };

  before(async () => {
    await activate();
    const library = buildElf({
      class: 64,
      machine: EM_X86_64,
      type: ET_DYN,
      segments: [{ flags: 5, offset: 0, address: 0, fileSize: 0x100 }],
    });
    for (const path of ['lib64/ld-linux-x86-64.so.2', 'lib64/libc.so.6']) {
      mkdirSync(dirname(join(sysroot, path)), { recursive: true });
      writeFileSync(join(sysroot, path), library);
    }
  });
  afterEach(async () => {
    await set(undefined);
    await closeEverything();
  });
  after(() => rmSync(sysroot, { recursive: true }));

  it('names the directory of the libraries, absolute or from the workspace folder', async () => {
    const below = ['lib64/ld-linux-x86-64.so.2', 'lib64/libc.so.6'].map((p) => join(sysroot, p));
    for (const value of [sysroot, relative(sample('.').fsPath, sysroot)]) {
      await set(value);
      assert.deepEqual(await libraries(), below, value);
    }
    await set('');
    assert.notDeepEqual(await libraries(), below);
  });

  it('makes a difference that is of no build, as does another cache of the loader', async () => {
    const program = sample('tiny-glibc');
    const builds = createLastBuilds();
    const cost = (bytes: number) => ({
      perProcess: { bytes, privateBytes: bytes, pageTableBytes: 0, kernelBytes: 0 },
      incomplete: false,
      circumstances: circumstancesOf(program),
    });
    const cache = (size: number) => {
      mkdirSync(join(sysroot, 'etc'), { recursive: true });
      writeFileSync(join(sysroot, 'etc/ld.so.cache'), Buffer.alloc(size));
    };
    builds.note(program, cost(1000));
    await set(sysroot);
    builds.note(program, cost(2000));
    assert.equal(builds.changeOf(program), undefined);
    cache(5000);
    builds.note(program, cost(2008));
    assert.equal(builds.changeOf(program), undefined);
    cache(5100);
    builds.note(program, cost(3008));
    assert.equal(builds.changeOf(program)?.before.bytes, 2008);
  });

  it('makes no build of what a search read before it was another', async () => {
    const builds = createLastBuilds();
    const read = async () => {
      const { programs } = await scanPrograms(new CancellationTokenSource().token);
      const found = programs.find(({ uri }) => uri.path.endsWith('/tiny-glibc'));
      assert(found);
      return found;
    };
    const ours = await read();
    await set(sysroot);
    builds.note(ours.uri, ours);
    const theirs = await read();
    assert.notEqual(theirs.perProcess.bytes, ours.perProcess.bytes);
    builds.note(theirs.uri, theirs);
    assert.equal(builds.changeOf(ours.uri), undefined);
  });

  it('makes open views read again, and say so where it names nothing', async () => {
    const { statusText } = await activate();
    await commands.executeCommand('pagecost.showSections', sample('tiny-glibc'));
    const document = window.activeTextEditor?.document;
    assert(document);
    await commands.executeCommand('pagecost.estimate10k', sample('tiny-glibc'));
    // What a build has changed, maybe one of another test, is news no more when it is read anew.
    const figure = () => statusText()?.replace(/, (. )?\S+ \S+ since the last build$/, '');
    const ours = await until('the figure', figure);
    await set(sysroot);
    const theirs = await until('another figure', () => figure() !== ours && figure());
    await set(join(sysroot, 'nowhere'));
    await until('a floor', () => figure() !== theirs && figure()?.startsWith('≥ '));
    await until('the reason', () => /The sysroot \S+ does not exist/.test(document.getText()));
    await set(undefined);
    await until(
      () => `${ours} where it says ${statusText()}`,
      () => figure() === ours,
    );
  });

  it('leaves what was measured: the file is the same', async () => {
    const panel = window.createWebviewPanel('test', 'test', ViewColumn.One);
    const view = showProgram(panel, sample('tiny-glibc'), () => {}, undefined);
    const figure = await until('the figure', () => view.figure());
    view.measuring.refuse('What was done.');
    await set(sysroot);
    const other = () => view.figure()?.perProcessBytes !== figure.perProcessBytes;
    await until('another figure', () => view.figure() && other());
    assert.equal(view.measuring.state().message, 'What was done.');
  });
});
