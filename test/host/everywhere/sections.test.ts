import assert from 'node:assert/strict';
import {
  ConfigurationTarget,
  commands,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  type MarkdownString,
  Position,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { activate, closeEverything, fixture, sample, until } from '../support/host.js';

async function open(uri: Uri): Promise<TextDocument> {
  await commands.executeCommand('pagecost.showSections', uri);
  const editor = window.activeTextEditor;
  assert(editor);
  return editor.document;
}

async function hoverOn(document: TextDocument, line: number): Promise<string> {
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    new Position(line, 3),
  );
  assert(hovers.length <= 1);
  const texts = hovers.flatMap(({ contents }) => contents as MarkdownString[]);
  for (const { isTrusted, supportHtml, supportThemeIcons } of texts) {
    assert(!isTrusted && !supportHtml && !supportThemeIcons);
  }
  return texts.map(({ value }) => value).join('\n');
}

const lineOf = (document: TextDocument, what: RegExp): number => {
  const line = document
    .getText()
    .split('\n')
    .findIndex((text) => what.test(text));
  assert(line >= 0, `${what} is on no line.`);
  return line;
};

describe('Sections as text', () => {
  before(activate);
  afterEach(closeEverything);

  it('lists segments and sections with their pages', async () => {
    const document = await open(sample('tiny.freebsd'));
    assert.equal(document.uri.scheme, 'pagecost-sections');
    assert.equal(document.languageId, 'pagecost-sections');
    const text = document.getText();
    assert.match(
      text,
      /^Pagecost sections of tiny\.freebsd\nELF32, little-endian, i386, executable\n/,
    );
    assert.match(text, /\nSegments \(3\)\n *# +Name +Type/);
    assert.match(text, /\nSections \(\d+\)\n/);
    // Three pages of text, shared by all; data and bss on one private page.
    assert.match(text, /\n *0 +LOAD +r-x +08048000 .* 3 +0 +3 +/);
    assert.match(text, /\n *1 +LOAD +rw- .* 1 +1 +0 +/);
    assert(document.lineCount < 60);
  });

  it('says on hovering a section what it costs', async () => {
    const document = await open(sample('tiny.freebsd'));
    const hover = await hoverOn(document, lineOf(document, /^ *\d+ {2}\.data /));
    assert.match(hover, /^\*\*Section 6, PROGBITS\*\*\n```plaintext\nName +\.data\n/);
    assert.match(hover, /Pages +1 page of 4 KiB, at 0x/);
    assert.match(hover, /Also there .*\.bss/);
    assert.match(hover, /Per process +4 KiB, 1 private page\n×10,000 +39\.1 MiB/);
  });

  it('says on hovering a segment that its text is shared', async () => {
    const document = await open(sample('tiny.freebsd'));
    const hover = await hoverOn(document, lineOf(document, /^ *0 +LOAD/));
    assert.match(hover, /Per process +nothing private\nShared once +12 KiB, 3 pages/);
  });

  it('has an outline and folds', async () => {
    const document = await open(sample('tiny-glibc'));
    const symbols = await commands.executeCommand<DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['Segments', 'Sections'],
    );
    const dynamic = symbols[1]?.children.find(({ name }) => name === '.dynamic');
    assert.match(document.lineAt(dynamic?.range.start.line ?? 0).text, / \.dynamic .* DYNAMIC /);
    const folds = await commands.executeCommand<FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.deepEqual(
      folds.map(({ start }) => document.lineAt(start).text.replace(/ .*/, '')),
      ['Segments', 'Sections'],
    );
  });

  it('shows the cost in the status bar', async () => {
    const { statusText } = await activate();
    await open(sample('tiny-musl'));
    assert.match(await until('the figure', statusText), /^\d.* KiB · ×10,000: \d.* MiB$/);
    await closeEverything();
    await until('an empty status bar', () => statusText() === undefined);
  });

  it('follows the settings', async () => {
    const { statusText } = await activate();
    const document = await open(sample('tiny-musl'));
    const settings = workspace.getConfiguration('pagecost');
    const before = document.getText();
    try {
      await settings.update('processes', 30, ConfigurationTarget.Global);
      await until('×30', () => statusText()?.includes('×30: '));
      const randomised = statusText();
      await settings.update('aslr', false, ConfigurationTarget.Global);
      await until('another figure', () => statusText() !== randomised);
    } finally {
      await settings.update('processes', undefined, ConfigurationTarget.Global);
      await settings.update('aslr', undefined, ConfigurationTarget.Global);
    }
    await until('the first figure', () => statusText()?.includes('×10,000: '));
    await until('the first text', () => document.getText() === before);
  });

  it('keeps hostile names harmless', async () => {
    const document = await open(fixture('hostile-names'));
    // All that would not be seen as itself, but for the ends of lines.
    const unseen = /(?!\n)[\p{Cc}\p{Cf}]/u;
    assert.doesNotMatch(document.getText(), unseen);
    assert(document.lineCount > 30);
    for (let line = 0; line < document.lineCount; line++) {
      assert(document.lineAt(line).text.length < 200, `Line ${line} is long.`);
      const hover = await hoverOn(document, line);
      assert.doesNotMatch(hover, unseen);
      // Outside the code block are our own words only, and no name can end the block.
      assert.match(
        hover,
        /^(\*\*S(egment|ection) \d+, [A-Z]+\*\*\n```plaintext\n(?:(?!```).+\n)+```\n)?$/,
      );
    }
  });
});
