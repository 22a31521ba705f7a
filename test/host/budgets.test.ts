import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConfigurationTarget,
  type Diagnostic,
  DiagnosticSeverity,
  languages,
  RelativePattern,
  Uri,
  workspace,
} from 'vscode';
import { followBudgets } from '../../src/editor/budgets/budget-problems.js';
import { followBuilds } from '../../src/editor/builds/follow-builds.js';
import { beingWritten } from './support/being-written.js';
import { activate, sample, until, untilNoticed } from './support/host.js';
import { hoversOn } from './support/hovers.js';

const FOLDER = 'budgeted';

const ours = (uri: Uri): readonly Diagnostic[] =>
  languages.getDiagnostics(uri).filter(({ source }) => source === 'Pagecost');

describe('Budgets', () => {
  const file = sample('.pagecost.json');
  const program = sample(`${FOLDER}/program`);
  const build = (name: string) => {
    mkdirSync(sample(FOLDER).fsPath, { recursive: true });
    copyFileSync(sample(name).fsPath, `${program.fsPath}.new`);
    renameSync(`${program.fsPath}.new`, program.fsPath);
  };
  const set = (budgets: unknown) => writeFileSync(file.fsPath, JSON.stringify({ budgets }));
  const configure = (budgets: unknown) =>
    workspace.getConfiguration('pagecost').update('budgets', budgets, ConfigurationTarget.Global);
  /** Waits for one thing to be said of a file. */
  const only = (uri: Uri, what: RegExp) =>
    until(`${what}`, () => {
      const all = ours(uri);
      return all.length === 1 && what.test(all[0]?.message ?? '') && all[0];
    });
  const nothing = () =>
    until('nothing', () => ours(file).length === 0 && ours(program).length === 0);
  const limits = (most: object) => [{ files: `${FOLDER}/program`, ...most }];

  before(activate);
  beforeEach(() => build('tiny-musl'));
  afterEach(async () => {
    rmSync(file.fsPath, { force: true });
    rmSync(sample(FOLDER).fsPath, { recursive: true, force: true });
    await configure(undefined);
    await nothing();
  });

  it('of a file are shown at the limit that is exceeded, with the program', async () => {
    set(limits({ privatePages: 1000, tablePages: 3 }));
    const shown = await only(file, /^budgeted\/program: [\d.]+ table pages, over by .*most 3\)$/);
    assert.equal(shown.severity, DiagnosticSeverity.Warning);
    const text = (await workspace.openTextDocument(file)).getText(shown.range);
    assert.equal(text, '3');
    const [link] = shown.relatedInformation ?? [];
    const linked = await workspace.openTextDocument(link?.location.uri ?? assert.fail());
    assert.match(linked.getText(), /^Sections/m);
    assert(typeof shown.code === 'object');
    assert.equal(shown.code.value, 'tablePages');
    assert.ok(existsSync(shown.code.target.fsPath));
  });

  it('follow a rebuild, and a change of the file', async () => {
    set(limits({ privatePages: 10 }));
    await nothing();
    build('tiny-glibc-static');
    await only(file, /private pages, over by .*most 10\)$/);
    build('tiny-musl');
    await nothing();
    set(limits({ privatePages: 1 }));
    await only(file, /private pages, over by .*most 1\)$/);
    rmSync(file.fsPath);
    await nothing();
  });

  it('say where nothing can be said', async () => {
    set(limits({ perProcessBytes: '1 GiB' }));
    await nothing();
    build('tiny.freebsd');
    const unknown = await only(file, /≥ [\d,]+ bytes per process, unknown/);
    assert.equal(unknown.severity, DiagnosticSeverity.Information);
    set([{ files: `${FOLDER}/none`, tablePages: 3 }]);
    const none = await only(file, /No program matches budgeted\/none/);
    assert.equal(none.severity, DiagnosticSeverity.Information);
  });

  it('that cannot be understood are an error where they are wrong', async () => {
    set(limits({ tablePage: 3, privatePages: 100 }));
    const { severity, range } = await only(file, /tablePage: There is no such field\. There are /);
    assert.equal(severity, DiagnosticSeverity.Error);
    const text = (await workspace.openTextDocument(file)).getText(range);
    assert.equal(text, '"tablePage"');
  });

  it('follow their baseline', async () => {
    set(limits({ growthBytes: 0 }));
    await only(file, /needs a baseline, \.pagecost-baseline\.json/);
    const baseline = join(sample('.').fsPath, '.pagecost-baseline.json');
    try {
      const entry = { file: `${FOLDER}/program`, system: 'linux-x86-64', aslr: true, unknown: [] };
      const amounts = { perProcessBytes: 4096, privatePages: 1, tablePages: 0 };
      const content = { format: 'pagecost-baseline/1', files: [{ ...entry, ...amounts }] };
      writeFileSync(baseline, JSON.stringify(content));
      await only(file, /bytes of growth, over by/);
    } finally {
      rmSync(baseline, { force: true });
    }
  });

  it('of the setting are shown at the program, unless there is a file', async () => {
    await configure(limits({ tablePages: 2 }));
    const shown = await only(program, /table pages, over by .*most 2\)$/);
    assert.equal(shown.severity, DiagnosticSeverity.Warning);
    set(limits({ tablePages: 3 }));
    await only(file, /table pages, over by .*most 3\)$/);
    assert.deepEqual(ours(program), []);
    rmSync(file.fsPath);
    await only(program, /most 2\)$/);
    await configure(limits({ tablePages: 'two' }));
    const wrong = await only(sample('.vscode/settings.json'), /tablePages: This has to be/);
    assert.equal(wrong.severity, DiagnosticSeverity.Error);
  });

  it('are explained where the settings are written', async () => {
    const settings = sample(`${FOLDER}/.vscode/settings.json`);
    mkdirSync(join(settings.fsPath, '..'));
    const budgets = limits({ tablePages: 3 });
    writeFileSync(settings.fsPath, JSON.stringify({ 'pagecost.budgets': budgets }));
    const document = await workspace.openTextDocument(settings);
    await until('what is said of tablePages', async () => {
      const hovers = await hoversOn(document, 'tablePages');
      return hovers.some(({ value }) => /^Most pages of page tables/.test(value));
    });
  });
});

describe('Budgets of a program that is built', () => {
  const path = mkdtempSync(join(tmpdir(), 'pagecost-budgets-'));
  const folder = { uri: Uri.file(path), name: 'built', index: 0 };
  const file = Uri.joinPath(folder.uri, '.pagecost.json');
  const program = join(path, 'program');
  const build = (name: string) => {
    copyFileSync(sample(name).fsPath, `${program}.new`);
    renameSync(`${program}.new`, program);
  };
  after(() => rmSync(path, { recursive: true }));

  it('find nothing of it while somebody writes it, although nobody says so', async () => {
    writeFileSync(
      file.fsPath,
      JSON.stringify({ budgets: [{ files: 'program', privatePages: 1 }] }),
    );
    build('tiny-musl');
    const writing = beingWritten(program);
    const following = followBudgets(folder, folder.uri);
    try {
      await until('several looks', () => writing.looks() > 2);
      assert.deepEqual(ours(file), []);
      writing.end();
      await until('a finding', () => ours(file).length > 0);
    } finally {
      writing.end();
      following.dispose();
    }
  });

  it('find what they found before while it is gone, or there in part', async () => {
    const budgets = [{ files: 'program', privatePages: 1 }];
    writeFileSync(file.fsPath, JSON.stringify({ budgets }));
    build('tiny-musl');
    const found: string[] = [];
    const messages = () => ours(file).map(({ message }) => message);
    const following = [
      languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => uri.path === file.path)) found.push(messages().join());
      }),
      followBudgets(folder, folder.uri, 600_000),
    ];
    // Tells when what happened to the program has come through to those who follow it.
    let built = 0;
    const pattern = new RelativePattern(folder.uri, '*');
    const hasty = { isLeftOut: () => false, known: () => [Uri.file(program)] };
    following.push(followBuilds([pattern], hasty, () => built++, 0));
    const isBuilt = () => built > 0;
    try {
      const before = await until('a finding', () => messages()[0]);
      const part = readFileSync(program).subarray(0, 8000);
      await untilNoticed('a part of it', () => writeFileSync(program, part), isBuilt);
      built = 0;
      rmSync(program);
      await until('nothing of it', isBuilt);
      assert.deepEqual(messages(), [before]);
      build('tiny-glibc-static');
      const after = await until('another finding', () => {
        const [message] = messages();
        return message !== before && message;
      });
      await until('word of that', () => found.at(-1) === after);
      assert.deepEqual(new Set(found.filter(Boolean)), new Set([before, after]));
    } finally {
      for (const one of following) one.dispose();
    }
  });
});
