import {
  type Disposable,
  type DocumentSelector,
  Hover,
  l10n,
  languages,
  type MarkdownString,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import type { ElfSymbol, SymbolIndex } from '../binary/elf-symbol-index.js';
import { integer, printable } from '../format.js';
import { type CodeWord, codeWordAt } from '../report/code-word.js';
import { type Fact, type Hint, partHint } from '../report/part-hint.js';
import { sectionParts } from '../report/parts.js';
import { symbolHint } from '../report/symbol-hint.js';
import type { FolderBinaries } from './folder-binaries.js';
import { hintMarkdown } from './hint-markdown.js';
import type { BinaryFacts } from './lazy-binary.js';
import { basename } from './path-names.js';
import { settingsFor } from './settings.js';
import type { Views } from './views.js';

/** Languages that have the names of sections in string literals. */
const QUOTING = ['c', 'cpp', 'objective-c', 'objective-cpp', 'rust', 'go', 'zig'];
/** By name as well: nothing that comes with VS Code knows most of these languages. */
const SELECTOR: DocumentSelector = [
  ...QUOTING,
  { pattern: '**/*.{zig,s,S,asm,ld,lds,map}' },
  'asm',
];
/** Symbols of one name that are told of. */
const MOST_HINTS = 3;
const SHOW = 'pagecost.estimateN';

/** Hovers in source files over what the binary of their folder has a symbol or a section for. */
export function registerCodeHovers(views: Views, binaries: FolderBinaries): Disposable {
  return languages.registerHoverProvider(SELECTOR, {
    async provideHover(document, { line, character }) {
      const word = codeWordAt(document.lineAt(line).text, character, isQuoting(document));
      const binary = word && (await binaries.of(document.uri));
      if (!binary) return undefined;
      const facts = await binary.facts();
      if (!facts) return undefined;
      const { uri } = binary;
      const processes = views.figureOf(uri)?.processes ?? settingsFor(uri).processes;
      const hints = hintsOn(word, facts, basename(document.uri.path), processes);
      if (hints.length === 0) return undefined;
      const source = await sourceOf(uri, document);
      const range = document.lineAt(line).range;
      return new Hover(
        hints.map((hint, i) => {
          const isLast = i === hints.length - 1;
          if (!isLast) return hintMarkdown(hint);
          const text = hintMarkdown({ ...hint, facts: [...hint.facts, ...source] });
          return withLink(text, uri, processes);
        }),
        range.with(
          range.start.with({ character: word.start }),
          range.end.with({ character: word.end }),
        ),
      );
    },
  });
}

const isQuoting = ({ languageId, uri }: TextDocument): boolean =>
  QUOTING.includes(languageId) || uri.path.endsWith('.zig');

function hintsOn(
  { kind, name }: CodeWord,
  { program, cost, index }: BinaryFacts,
  fileName: string,
  processes: number,
): Hint[] {
  const { binary } = program;
  if (kind === 'section') {
    const parts = sectionParts(binary).filter((part) => part.name === name);
    return parts.slice(0, MOST_HINTS).map((part) => partHint(part, binary, cost, processes));
  }
  if (!index) return [];
  const symbols = symbolsNamed(name, fileName, index);
  const hints = symbols
    .slice(0, MOST_HINTS)
    .map((symbol) => symbolHint(program, cost, index, symbol, processes));
  const more = symbols.length - hints.length;
  const last = hints.at(-1);
  if (!last || more === 0) return hints;
  const same = { label: 'Same name', value: `${integer(more)} more` };
  return [...hints.slice(0, -1), { ...last, facts: [...last.facts, same] }];
}

/** Those of the file if there are any, for a local one hides others; one for each place. */
function symbolsNamed(name: string, fileName: string, index: SymbolIndex): readonly ElfSymbol[] {
  const all = index.lookup(name);
  const here = all.filter(({ file }) => file !== undefined && basename(file) === fileName);
  const wanted = here.length > 0 ? here : all;
  return [...new Map(wanted.map((symbol) => [symbol.address, symbol])).values()];
}

/** Which binary says so, and whether it may be of another text. */
async function sourceOf(binary: Uri, document: TextDocument): Promise<Fact[]> {
  const name = { label: 'Binary', value: printable(basename(binary.path)) };
  return (await isOlder(binary, document))
    ? [name, { label: 'Note', value: 'the binary is older than this text' }]
    : [name];
}

async function isOlder(binary: Uri, document: TextDocument): Promise<boolean> {
  if (document.isDirty) return true;
  try {
    const [built, written] = await Promise.all([
      workspace.fs.stat(binary),
      workspace.fs.stat(document.uri),
    ]);
    return built.mtime < written.mtime;
  } catch {
    return false; // it is gone, and nothing can be said
  }
}

/** Adds a link to the panel; it is the only command the text may run. */
function withLink(text: MarkdownString, binary: Uri, processes: number): MarkdownString {
  text.isTrusted = { enabledCommands: [SHOW] };
  const given = encodeURIComponent(JSON.stringify([binary, processes]));
  // Parentheses would end the link.
  const target = given.replaceAll('(', '%28').replaceAll(')', '%29');
  return text.appendMarkdown(`[${l10n.t('Show the estimate')}](command:${SHOW}?${target})`);
}
