import assert from 'node:assert/strict';
import { commands, Position, Uri, window, workspace } from 'vscode';
import { activate, activeTab, closeEverything, openAlone, sample, until } from './support/host.js';
import { hoverOn, hoversOn, linkIn } from './support/hovers.js';

const sourceText = (name: string) => workspace.openTextDocument(sample(name));

const textOf = (content: string, language: string) =>
  workspace.openTextDocument({ content, language });

// Its name comes before those of the tests that open estimates in the sample folder.
describe('Code', () => {
  before(activate);
  afterEach(closeEverything);

  it('is of the newest build before an estimate was opened in its folder', async () => {
    const path = sample('hover-test.out');
    await workspace.fs.copy(sample('tiny-nolibc'), path, { overwrite: true });
    try {
      await hoverOn(await sourceText('tiny-nolibc.c'), 'timespec left', 'hover-test.out');
    } finally {
      await workspace.fs.delete(path);
    }
  });

  it('says on hovering a variable what it costs, and of which binary', async () => {
    await openAlone(sample('tiny-nolibc'));
    const document = await sourceText('tiny-nolibc.c');
    const { value, supportHtml, supportThemeIcons, isTrusted } = await hoverOn(
      document,
      'timespec left',
      'tiny-nolibc',
    );
    assert.match(
      value,
      /^\*\*Variable\*\* .*\n```plaintext\nName +left, local to tiny-nolibc\.c\n/,
    );
    assert.match(value, /\nSize +16 bytes\nSection +\.bss\nPages +1 page of 4 KiB, at 0x402000\n/);
    assert.match(value, /\nPer process +4 KiB, 1 private page\n(?:.+\n)+Slack +4,080 bytes .*\n/);
    assert.match(value, /\n×10,000 +39\.1 MiB\n/);
    assert(!supportHtml && !supportThemeIcons);
    assert.deepEqual(isTrusted, { enabledCommands: ['pagecost.estimateN'] });
    const [start] = await hoversOn(document, ' _start');
    assert.match(
      start?.value ?? '',
      /^\*\*Function\*\* .*\n(?:.+\n)+Per process +nothing private\nShared/,
    );
    // A member is no variable, nor is what the binary does not know.
    assert.deepEqual(await hoversOn(document, 'EINTR'), []);
  });

  it('leads to the panel', async () => {
    await openAlone(sample('tiny-nolibc'));
    const document = await sourceText('tiny-nolibc.c');
    const { value } = await hoverOn(document, 'timespec left', 'tiny-nolibc');
    await closeEverything();
    const { command, given } = linkIn(value);
    const [where, processes, address] = given as [{ scheme: string }, number, string];
    assert.equal(address, '0x402000');
    await commands.executeCommand(command, Uri.from(where), processes, address);
    await until('the panel', () => activeTab()?.label === 'Cost of tiny-nolibc');
  });

  it('says on hovering the name of a section what that costs, in quotes or in a script', async () => {
    await openAlone(sample('tiny-nolibc'));
    await hoverOn(await sourceText('tiny-nolibc.c'), 'timespec left', 'tiny-nolibc');
    const folder = workspace.getWorkspaceFolder(sample('.'));
    assert(folder);
    const script = Uri.joinPath(folder.uri, 'hover-test.ld');
    await workspace.fs.writeFile(script, Buffer.from('SECTIONS { .bss : { *(.bss.hot) } }\n'));
    try {
      const document = await workspace.openTextDocument(script);
      const { value } = await hoverOn(document, '{ .bss');
      assert.match(value, /^\*\*Section \d+, NOBITS\*\* .*\n```plaintext\nNote /);
      assert.match(value, /\nNote +the binary is older than this text\nName +\.bss\n/);
      assert.match((await hoverOn(document, '.bss.hot')).value, /\nName +\.bss\n/);
    } finally {
      await workspace.fs.delete(script);
    }
  });

  it('says where the text is newer than the binary', async () => {
    await openAlone(sample('tiny-nolibc'));
    const editor = await window.showTextDocument(await sourceText('tiny-nolibc.c'));
    await hoverOn(editor.document, 'timespec left', 'tiny-nolibc');
    await editor.edit((edit) => edit.insert(new Position(0, 0), '/* new */\n'));
    const { value } = await hoverOn(editor.document, 'timespec left');
    assert.match(value, /\nNote +the binary is older than this text\n/);
    await commands.executeCommand('workbench.action.files.revert');
  });

  it('follows a rebuild', async () => {
    const path = sample('hover-test.out');
    const build = async (name: string) => {
      await workspace.fs.copy(sample(name), path, { overwrite: true });
    };
    try {
      await build('tiny-nolibc');
      await openAlone(path);
      const document = await sourceText('tiny-nolibc.c');
      const { value } = await hoverOn(document, 'timespec left', 'hover-test.out');
      // It is newer than its source.
      assert.doesNotMatch(value, /\nNote /);
      await build('tiny-musl');
      const gone = async () => (await hoversOn(document, 'timespec left')).length === 0;
      await until('no hover', gone);
      await build('tiny-nolibc');
      await hoverOn(document, 'timespec left');
    } finally {
      await workspace.fs.delete(path);
    }
  });

  it('is not of an object file that somebody looks at', async () => {
    const path = sample('hover-test.o');
    const object = await workspace.fs.readFile(sample('tiny-nolibc'));
    object.set([1, 0], 16);
    await workspace.fs.writeFile(path, object);
    try {
      await openAlone(sample('tiny-nolibc'));
      const document = await sourceText('tiny-nolibc.c');
      await hoverOn(document, 'timespec left', 'tiny-nolibc');
      await commands.executeCommand('vscode.openWith', path, 'pagecost.estimate');
      await until('its tab', () => activeTab()?.label === 'hover-test.o');
      await until('no figure of it', async () => (await activate()).statusText() === undefined);
      const { value } = await hoverOn(document, 'timespec left');
      assert.match(value, /\nBinary +tiny-nolibc\n/);
    } finally {
      await workspace.fs.delete(path);
    }
  });

  it('of no folder takes nothing from a folder’s binary', async () => {
    await openAlone(sample('tiny-nolibc'));
    await hoverOn(await sourceText('tiny-nolibc.c'), 'timespec left', 'tiny-nolibc');
    assert.deepEqual(await hoversOn(await textOf('int left;\n', 'c'), 'int left'), []);
  });
});
