import assert from 'node:assert/strict';
import { commands, languages, Uri, window, workspace } from 'vscode';
import { findBinaries } from '../../src/editor/binaries/find-binaries.js';
import { activate, activeTab, closeEverything, until } from '../host/support/host.js';
import { hoverOn } from '../host/support/hovers.js';
import { type MemoryFiles, provideMemoryFiles } from '../host/support/memory-files.js';

/** A file of one of the folders: those of scripts/suite.mjs, and the third is in memory. */
function at(folder: 'first' | 'second' | 'third', name: string): Uri {
  const found = workspace.workspaceFolders?.find(({ uri }) => uri.path.endsWith(`/${folder}`));
  assert(found, `There is no folder ${folder}.`);
  return Uri.joinPath(found.uri, name);
}

/** How many processes the settings of each say. */
const PROCESSES = [
  ['first', '20'],
  ['second', '7'],
  ['third', '10,000'],
] as const;

describe('A workspace of several folders, one of which is on no machine', () => {
  let files: MemoryFiles;

  before(async () => {
    files = provideMemoryFiles();
    for (const name of ['tiny-nolibc.c', 'tiny-nolibc', 'tiny-musl']) {
      files.write(`/third/${name}`, await workspace.fs.readFile(at('first', name)));
    }
    files.write('/third/.pagecost.json', new TextEncoder().encode('{ "budgets": [] }'));
    await activate();
  });
  after(() => files.dispose());
  afterEach(closeEverything);

  for (const [folder, processes] of PROCESSES) {
    it(`has the settings of the ${folder} in its panel, text and hovers`, async () => {
      const { statusText } = await activate();
      await commands.executeCommand('pagecost.estimate', at(folder, 'tiny-nolibc'));
      await until(`×${processes}`, () => statusText()?.includes(` ×${processes}: `));
      const document = await workspace.openTextDocument(at(folder, 'tiny-nolibc.c'));
      const { value } = await hoverOn(document, 'timespec left');
      assert.match(value, new RegExp(`\\nPer process +4 KiB.*\\n×${processes} `));
      await closeEverything();
      await commands.executeCommand('pagecost.showSections', at(folder, 'tiny-musl'));
      await until(`×${processes} again`, () => statusText()?.includes(` ×${processes}: `));
    });
  }

  it('has another program for the code of each folder', async () => {
    const { statusText } = await activate();
    for (const [folder, processes] of PROCESSES) {
      await commands.executeCommand('pagecost.estimate', at(folder, 'tiny-nolibc'));
      await until('the editor', () => statusText()?.includes(` ×${processes}: `));
    }
    for (const [folder, processes] of PROCESSES) {
      const document = await workspace.openTextDocument(at(folder, 'tiny-nolibc.c'));
      const { value } = await hoverOn(document, 'timespec left');
      assert(value.includes(`\n×${processes} `), value);
    }
  });

  it('has the programs of its local folders in the view, by the settings of each', async () => {
    const { programItems } = await activate();
    await commands.executeCommand('pagecost.programs.focus');
    const described = () => programItems().map(({ description }) => String(description));
    await until('the programs', () => described().length > 0);
    assert.equal(described().filter((text) => text.includes('×20: ')).length, 2);
    assert.equal(described().filter((text) => text.includes('×7: ')).length, 2);
    assert.equal(described().length, 4);
    assert.equal((await findBinaries()).elsewhere, true);
  });

  it('compares a program with one of another folder', async () => {
    const { statusText } = await activate();
    const [before, after] = [at('second', 'tiny-musl'), at('third', 'tiny-musl')];
    await commands.executeCommand('pagecost.compareWith', after, before);
    await until('the figure', statusText);
  });

  it('says that budgets of a folder on no machine are not checked', async () => {
    const problems = () => languages.getDiagnostics(at('third', '.pagecost.json'));
    const problem = await until('the problem', () => problems()[0]);
    assert.match(problem.message, /not checked here/);
    assert.equal(problems().length, 1);
  });

  it('opens no dialog to run what is on no machine', async () => {
    await commands.executeCommand('pagecost.runAndMeasure', at('third', 'tiny-musl'));
    await until('the panel', () => activeTab()?.label === 'Cost of tiny-musl');
    assert.equal(window.activeTextEditor, undefined);
  });

  it('does without a folder that is taken out', async () => {
    const { programItems } = await activate();
    const index = workspace.workspaceFolders?.findIndex(({ name }) => name === 'second') ?? -1;
    assert(workspace.updateWorkspaceFolders(index, 1));
    await commands.executeCommand('pagecost.programs.focus');
    await until('the programs that are left', () => programItems().length === 2);
  });
});
