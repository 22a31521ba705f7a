import { type DocumentFilter, languages, type Position, type TextDocument } from 'vscode';
import type { ScriptText, SourceFile } from '../../report/code-hints.js';
import { goPackage } from '../../report/go-names.js';
import { basename } from '../path-names.js';

/** Languages that have the names of sections in string literals. */
const QUOTING = ['c', 'cpp', 'objective-c', 'objective-cpp', 'rust', 'go', 'zig'];

/** Source files. Assembler by name as well: extensions know it by many ids, and VS Code itself by none. */
export const SOURCES: readonly (string | DocumentFilter)[] = [
  ...QUOTING,
  'asm',
  { pattern: '**/*.{s,S,asm}' },
];

/** The maps that linkers write, and linker scripts, whose endings mean something else to others. */
const MAPS: readonly (string | DocumentFilter)[] = ['mapfile', { pattern: '**/*.map' }];
const SCRIPTS: readonly (string | DocumentFilter)[] = [
  ...MAPS,
  'linkerscript',
  { pattern: '**/*.{ld,lds,x}' },
];

/** What hovers are in. */
export const CODE: readonly (string | DocumentFilter)[] = [...SOURCES, ...SCRIPTS];

export const isScript = (document: TextDocument): boolean => languages.match(SCRIPTS, document) > 0;

/** Whether a document is what a linker wrote, and no source. */
export const isMap = (document: TextDocument): boolean => languages.match(MAPS, document) > 0;

/** Whether a document's language has the names of sections in string literals only. */
export const isQuoting = ({ languageId }: TextDocument): boolean => QUOTING.includes(languageId);

/** What a document is to the symbols of a program. */
export const sourceFile = (document: TextDocument): SourceFile => ({
  name: basename(document.uri.path),
  goPackage: document.languageId === 'go' ? goPackage(top(document)) : undefined,
});

/** Characters, and lines, of a script that are looked at: nobody waits for megabytes while typing. */
const MOST_BEFORE = 1 << 14;
const MOST_DECLARATIONS = 1 << 16;
const MOST_LINES = 2000;

/** The text around a place in a script. MEMORY stands at the top of scripts, or in the line itself. */
export const scriptText = (document: TextDocument, position: Position): ScriptText => ({
  before: () => textBefore(document, position),
  declarations: () => `${document.lineAt(position).text.slice(0, MOST_BEFORE)}\n${top(document)}`,
});

function textBefore(document: TextDocument, { line, character }: Position): string {
  let text = document.lineAt(line).text.slice(Math.max(0, character - MOST_BEFORE), character);
  const last = Math.max(0, line - MOST_LINES);
  for (let at = line - 1; at >= last && text.length < MOST_BEFORE; at--) {
    text = `${document.lineAt(at).text.slice(-MOST_BEFORE)}\n${text}`;
  }
  return text.slice(-MOST_BEFORE);
}

function top(document: TextDocument): string {
  const lines: string[] = [];
  const last = Math.min(document.lineCount, MOST_LINES);
  for (let at = 0, length = 0; at < last && length < MOST_DECLARATIONS; at++) {
    const line = document.lineAt(at).text.slice(0, MOST_DECLARATIONS - length);
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join('\n');
}
