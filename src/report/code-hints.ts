import * as l10n from '@vscode/l10n';
import type { Binary } from '../binary/binary.js';
import type { ElfSymbol, SymbolIndex } from '../binary/elf-symbol-index.js';
import { integer, printable } from '../format.js';
import type { Cost } from '../model/cost.js';
import { loadSegments } from '../model/load-segments.js';
import { fileName, type Program } from '../model/program.js';
import type { CodeWord } from './code-word.js';
import { isDeclaredIn } from './go-names.js';
import { usualOutput } from './input-section.js';
import { isLayoutCommand, regionNamed, scriptPlace } from './linker-script.js';
import { layoutHint, regionHint } from './memory-hint.js';
import { type Hint, partHint } from './part-hint.js';
import { hasMemory, type Part, sectionParts } from './parts.js';
import { symbolHint } from './symbol-hint.js';

/** A hint on something in code, and where in memory that begins. */
export interface CodeHint {
  readonly hint: Hint;
  /** As linked; undefined where it is in no page of a process. */
  readonly address: bigint | undefined;
}

/** What is known of the binary that code is compiled to. */
export interface CodeFacts {
  readonly program: Program;
  readonly cost: Cost | undefined;
  /** Undefined where it has no symbols. */
  readonly index: SymbolIndex | undefined;
}

/** The source file that a word is in. */
export interface SourceFile {
  /** Its own variables go before others of the same name. */
  readonly name: string;
  /** Undefined in other languages than Go, where a name alone is one of the same package. */
  readonly goPackage: string | undefined;
}

/** The text around a word of a linker script, as much of it as is to be looked at. */
export interface ScriptText {
  /** What ends at the word. */
  before(): string;
  /** What MEMORY may be declared in. */
  declarations(): string;
}

/** Parts and symbols of one name that are told of. */
const MOST_HINTS = 3;

/**
 * What a word in code is to a process of a binary, and to `processes` of them; empty where the binary
 * has nothing to say.
 * @param script undefined in another language than that of linker scripts
 */
export function codeHints(
  { kind, name }: CodeWord,
  facts: CodeFacts,
  source: SourceFile,
  script: ScriptText | undefined,
  processes: number,
): readonly CodeHint[] {
  if (kind === 'section' || name === 'COMMON') {
    return script
      ? hintsInScript(name, facts, script, processes)
      : (exactly(name, facts, processes) ?? usually(name, facts, processes));
  }
  if (!script) return symbolHints(name, facts, source, processes);
  const layout = layoutHints(name, facts, script, processes);
  if (layout.length > 0) return layout;
  const symbols = symbolHints(name, facts, source, processes);
  return symbols.length > 0 ? symbols : (exactly(name, facts, processes) ?? []);
}

/** In a block of a linker script, the script says where sections go; elsewhere they are the linker's. */
function hintsInScript(
  name: string,
  facts: CodeFacts,
  script: ScriptText,
  processes: number,
): readonly CodeHint[] {
  const { output, isInput } = scriptPlace(script.before());
  if (!isInput || output === undefined || output === name) {
    return exactly(name, facts, processes) ?? usually(name, facts, processes);
  }
  const why = l10n.t('{0}: this script puts it here', printable(name));
  return sectionHints(output, facts, processes, why);
}

function exactly(name: string, facts: CodeFacts, processes: number) {
  const hints = sectionHints(name, facts, processes);
  return hints.length > 0 ? hints : undefined;
}

function usually(name: string, facts: CodeFacts, processes: number): readonly CodeHint[] {
  const output = usualOutput(name);
  if (output === undefined) return [];
  const why = l10n.t('{0}: linkers usually put it here', printable(name));
  return sectionHints(output, facts, processes, why);
}

/** @param input why the section is told of, where the word is the name of another one */
function sectionHints(
  name: string,
  { program: { binary }, cost }: CodeFacts,
  processes: number,
  input?: string,
): readonly CodeHint[] {
  const parts = sectionParts(binary).filter((part) => part.name === name);
  return parts.slice(0, MOST_HINTS).map((part) => {
    const hint = partHint(part, binary, cost, processes);
    const facts = input === undefined ? [] : [{ label: l10n.t('Input section'), value: input }];
    return { hint: { ...hint, facts: [...facts, ...hint.facts] }, address: addressOf(part) };
  });
}

const addressOf = (part: Part) => (hasMemory(part) ? part.address : undefined);

function layoutHints(
  name: string,
  { program: { binary }, cost }: CodeFacts,
  script: ScriptText,
  processes: number,
): readonly CodeHint[] {
  if (isLayoutCommand(name)) {
    const address = loadSegments(binary)[0]?.address;
    return [{ hint: layoutHint(binary, cost, processes), address }];
  }
  const region = regionNamed(name, script.declarations());
  if (!region) return [];
  const address = firstAddress(binary, region.origin, region.length);
  return [{ hint: regionHint(region, binary, cost, processes), address }];
}

function firstAddress(binary: Binary, origin: bigint, length: bigint): bigint | undefined {
  const there = loadSegments(binary).find(
    ({ address, memorySize }) => address + memorySize > origin && address < origin + length,
  );
  return there && (there.address > origin ? there.address : origin);
}

function symbolHints(
  name: string,
  { program, cost, index }: CodeFacts,
  source: SourceFile,
  processes: number,
): readonly CodeHint[] {
  if (!index) return [];
  const symbols = symbolsNamed(name, source, index);
  const hints = symbols.slice(0, MOST_HINTS).map((symbol) => ({
    hint: symbolHint(program, cost, index, symbol, processes),
    address: symbol.kind === 'thread-local' ? undefined : symbol.address,
  }));
  const more = meantBy(name, source, index).length - hints.length;
  const last = hints.at(-1);
  if (!last || more === 0) return hints;
  const value = l10n.t({ message: '{0} more', args: [integer(more)], comment: 'variables' });
  const same = { label: l10n.t('Same name'), value };
  const hint = { ...last.hint, facts: [...last.hint.facts, same] };
  return [...hints.slice(0, -1), { ...last, hint }];
}

/** Those of the file if there are any, for a local one hides others. */
export function symbolsNamed(
  name: string,
  source: SourceFile,
  index: SymbolIndex,
): readonly ElfSymbol[] {
  const all = meantBy(name, source, index);
  const here = all.filter(({ file }) => file !== undefined && fileName(file) === source.name);
  return here.length > 0 ? here : all;
}

/** Those that the language has a name for in this file. */
function meantBy(name: string, source: SourceFile, index: SymbolIndex): ElfSymbol[] {
  const all = allNamed(name, index);
  const own = all.filter((symbol) => mayDeclare(source, symbol, name));
  return own.length > 0 ? own : all;
}

/**
 * Whether a symbol may be what a file calls by a name. The C function main of Rust is its
 * compiler's, and calls the program's.
 */
function mayDeclare({ name: file, goPackage }: SourceFile, symbol: ElfSymbol, name: string) {
  if (goPackage !== undefined) return isDeclaredIn(symbol.name, goPackage, name);
  return !(file.endsWith('.rs') && symbol.name === 'main');
}

/** One for each place, and of functions none that compilers split off. */
function allNamed(name: string, index: SymbolIndex): ElfSymbol[] {
  const found = index.lookup(name);
  const names = new Set(found.map((symbol) => symbol.name));
  const whole = found.filter(
    ({ kind, name }) =>
      kind !== 'function' || !SPLIT_OFF.test(name) || !names.has(name.replace(SPLIT_OFF, '')),
  );
  return [...new Map(whole.map((symbol) => [symbol.address, symbol])).values()];
}

const SPLIT_OFF = /\.(?:cold|part|constprop|isra)\b.*$/;
