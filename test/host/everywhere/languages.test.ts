import assert from 'node:assert/strict';
import { extensions, type TextDocument, workspace } from 'vscode';
import { type MemoryFiles, provideMemoryFiles } from '../support/memory-files.js';

const LD_MAP = 'Archive member included to satisfy reference by file (symbol)\n';
const LLD_MAP = '             VMA              LMA     Size Align Out     In      Symbol\n';

describe('The language of a file', () => {
  let files: MemoryFiles;
  before(() => {
    files = provideMemoryFiles();
  });
  after(() => files.dispose());

  const open = (name: string, text: string): Thenable<TextDocument> => {
    files.write(`/languages/${name}`, new TextEncoder().encode(text));
    return workspace.openTextDocument(files.at(`/languages/${name}`));
  };

  for (const [name, text, language] of [
    ['a.c', '', 'c'],
    ['a.rs', '', 'rust'],
    ['a.ld', '', 'linkerscript'],
    ['kernel.lds', '', 'linkerscript'],
    ['memory.x', '', 'linkerscript'],
    ['a.zig', '', 'zig'],
    ['gcc.s', '\t.file\t"a.c"\n', 'asm'],
    ['start.S', '.section .text.entry,"ax"\n', 'asm'],
    ['ld.map', LD_MAP, 'mapfile'],
    ['lld.map', LLD_MAP, 'mapfile'],
  ] as const) {
    it(`${name} starts the extension, as ${language}`, async () => {
      assert.equal((await open(name, text)).languageId, language);
      const { packageJSON } = extensions.getExtension('pagecost.pagecost') ?? assert.fail();
      assert(packageJSON.activationEvents.includes(`onLanguage:${language}`));
    });
  }

  // Endings that others know as something else: to claim them would take the colours away.
  for (const [name, text, language] of [
    ['comment.s', '# x86\n\t.text\n', 'plaintext'],
    ['semicolon.asm', '; x86\n', 'plaintext'],
    ['protocol.x', 'program RUSERS {\n', 'plaintext'],
    ['bundle.js.map', '{"version":3}\n', 'json'],
    ['dungeon.map', '####\n', 'plaintext'],
    ['style.css', '.text {\n', 'css'],
    ['manual.1', '.so man3/x.3\n', 'plaintext'],
  ] as const) {
    it(`${name} stays ${language}`, async () =>
      assert.equal((await open(name, text)).languageId, language));
  }
});
