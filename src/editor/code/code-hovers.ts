import {
  type Disposable,
  Hover,
  l10n,
  languages,
  type MarkdownString,
  type Position,
  Range,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import { printable } from '../../format.js';
import { type CodeHint, codeHints } from '../../report/code-hints.js';
import { type CodeWord, codeWordAt } from '../../report/code-word.js';
import { describedIn } from '../../report/linker-script.js';
import type { BinaryFacts } from '../binaries/binary-facts.js';
import type { LazyBinary } from '../binaries/lazy-binary.js';
import { ESTIMATE_N, estimateArguments } from '../estimate-command.js';
import { extensionFile } from '../extension-file.js';
import type { FolderPrograms } from '../folder-programs/folder-programs.js';
import { hintMarkdown } from '../hint-markdown.js';
import type { Views } from '../panel/views.js';
import { basename } from '../path-names.js';
import { CODE, isMap, isQuoting, isScript, scriptText, sourceFile } from './code-documents.js';
import type { MapPrograms } from './map-programs.js';

/** A longer line describes more than one thing. */
const LONGEST_DESCRIPTION = 1000;

/**
 * Hovers in source files over what the binary of their folder has a symbol or a section for, and in maps over
 * what theirs has.
 */
export function registerCodeHovers(
  views: Views,
  folderPrograms: FolderPrograms,
  mapPrograms: MapPrograms,
): Disposable {
  /** A folder may have many programs, each with its map. What is beside it may be none. */
  const knownOf = async (document: TextDocument) =>
    (await known(mapPrograms.of(document))) ?? (await known(folderPrograms.of(document.uri)));
  return languages.registerHoverProvider(CODE, {
    async provideHover(document, position) {
      const words = wordsAt(document, position);
      const found = words.length > 0 ? await knownOf(document) : undefined;
      if (!found) return undefined;
      const { binary, facts } = found;
      const { uri } = binary;
      const processes = views.processesOf(uri);
      for (const word of words) {
        const hints = hintsOn(word, document, position, facts, processes);
        if (hints.length === 0) continue;
        const note = await noteOn(binary, document);
        const { line } = position;
        return new Hover(
          framed(hints, note, uri).map((hint) => textOf(hint, uri, processes)),
          new Range(line, word.start, line, word.end),
        );
      }
      return undefined;
    },
  });
}

/** A binary and what is known of it; undefined where nothing is. */
async function known(asked: Promise<LazyBinary | undefined>) {
  const binary = await asked;
  const facts = await binary?.facts();
  return binary && facts && { binary, facts };
}

/** What may be meant, the most likely first: in a script, a whole line is about what it begins with. */
function wordsAt(document: TextDocument, { line, character }: Position): readonly CodeWord[] {
  const { text } = document.lineAt(line);
  const word = codeWordAt(text, character, isQuoting(document));
  const words = word ? [word] : [];
  if (!isScript(document) || text.length > LONGEST_DESCRIPTION) return words;
  const name = describedIn(text);
  if (name === undefined) return words;
  const kind = name.startsWith('.') ? 'section' : 'symbol';
  return [...words, { kind, name, start: 0, end: text.length }];
}

const hintsOn = (
  word: CodeWord,
  document: TextDocument,
  position: Position,
  facts: BinaryFacts,
  processes: number,
): readonly CodeHint[] => {
  const script = isScript(document)
    ? scriptText(document, position.with({ character: word.start }))
    : undefined;
  return codeHints(word, facts, sourceFile(document), script, processes);
};

/** Between what has to be seen, first, for a long hover is cut off below, and which binary says so, last. */
function framed(
  hints: readonly CodeHint[],
  note: string | undefined,
  binary: Uri,
): readonly CodeHint[] {
  const before = note === undefined ? [] : [{ label: l10n.t('Note'), value: note }];
  const after = [{ label: l10n.t('Binary'), value: printable(basename(binary.path)) }];
  return hints.map(({ hint, address }, i) => {
    const own = [...(i === 0 ? before : []), ...hint.facts];
    const facts = i === hints.length - 1 ? [...own, ...after] : own;
    return { hint: { ...hint, facts }, address };
  });
}

/** Why a binary may be of another text, if it may. */
async function noteOn(binary: LazyBinary, document: TextDocument): Promise<string | undefined> {
  if (binary.isStale()) {
    return l10n.t('the binary cannot be read now: this is of the one before');
  }
  if (isSample(document) || isMap(document)) return undefined;
  if (!(await isOlder(binary.uri, document))) return undefined;
  return l10n.t('the binary is older than this text');
}

/** What comes with the extension belongs together, in whatever order it was unpacked. */
const isSample = ({ uri }: TextDocument): boolean =>
  !workspace.getWorkspaceFolder(uri) && uri.path.startsWith(`${extensionFile('sample').path}/`);

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

/** A hint with a link to the panel, at its page; it is the only command the text may run. */
function textOf({ hint, address }: CodeHint, binary: Uri, processes: number): MarkdownString {
  const given = encodeURIComponent(JSON.stringify(estimateArguments(binary, processes, address)));
  // Parentheses would end the link.
  const target = given.replaceAll('(', '%28').replaceAll(')', '%29');
  const words =
    address === undefined ? l10n.t('Show the estimate') : l10n.t('Show its page in the estimate');
  const link = `[${words}](command:${ESTIMATE_N}?${target})`;
  const text = hintMarkdown(hint, link);
  text.isTrusted = { enabledCommands: [ESTIMATE_N] };
  return text;
}
