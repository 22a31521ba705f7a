import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { transformSync } from 'esbuild';

/** A text that is translated, and where it is said. */
export interface Translatable {
  /** As bundles have it: the English text, and a comment for translators behind a slash. */
  readonly key: string;
  readonly path: string;
}

/** A call whose text nobody can find by reading the source. */
export interface Unreadable {
  readonly path: string;
  readonly code: string;
}

/** A quoted text without places for values: in the code of esbuild, which escapes what is inside. */
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\$]|\\.|\$(?!\{))*`/y;
/** A text of a table, which is marked where it is written: a name, with what it is a part of. */
const NAMED = /[\w$]+(?:\??\.[\w$]+|\[[\w$.]+\])*\s*[,)]/y;
const MESSAGE = /\{\s*message:\s*/y;
const COMMENT = /comment:\s*/g;

/** Every text of the source files below some folders that is to be translated. */
export function translatables(folders: readonly string[]): {
  readonly found: readonly Translatable[];
  readonly unreadable: readonly Unreadable[];
} {
  const found: Translatable[] = [];
  const unreadable: Unreadable[] = [];
  for (const path of folders.flatMap(sourceFiles)) {
    const loader = path.endsWith('x') ? 'tsx' : 'ts';
    for (const { call, key } of callsIn(readFileSync(path, 'utf8'), loader)) {
      if (key !== undefined) found.push({ key, path });
      else if (call !== undefined) unreadable.push({ path, code: call });
    }
  }
  return { found, unreadable };
}

const sourceFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));

/**
 * The calls in a source text: the key of one that says its text, the code of one that does not. One with
 * a name for its text has neither: the text is marked elsewhere.
 */
export function callsIn(
  source: string,
  loader: 'ts' | 'tsx' = 'tsx',
): { readonly call?: string; readonly key?: string }[] {
  // Without comments, types and JSX, whose text has quotes that are none.
  const { code } = transformSync(source, { loader, jsx: 'automatic', charset: 'utf8' });
  return [...code.matchAll(/\b(l10n\.t|msg)\(\s*/g)].map((match) => {
    const start = match.index + match[0].length;
    const key = keyAt(code, start);
    if (key !== undefined) return { key };
    const named = match[1] !== 'msg' && matchAt(NAMED, code, start) !== undefined;
    return named ? {} : { call: code.slice(match.index, start + 60) };
  });
}

function keyAt(code: string, start: number): string | undefined {
  const object = matchAt(MESSAGE, code, start);
  if (object === undefined) return textAt(code, start);
  const text = textAt(code, start + object.length);
  COMMENT.lastIndex = start;
  const comment = COMMENT.exec(code) ? textAt(code, COMMENT.lastIndex) : undefined;
  return text === undefined || comment === undefined ? undefined : `${text}/${comment}`;
}

/** A text in quotes, or several added up, at a place of some code. */
function textAt(code: string, start: number): string | undefined {
  const first = matchAt(QUOTED, code, start);
  if (first === undefined) return undefined;
  const text = String(runInNewContext(first));
  const after = start + first.length;
  const plus = matchAt(/\s*\+\s*/y, code, after);
  if (plus === undefined) return text;
  const rest = textAt(code, after + plus.length);
  return rest === undefined ? undefined : text + rest;
}

function matchAt(pattern: RegExp, code: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(code)?.[0];
}

/**
 * Texts between tags and in attributes that people read, which no call translates: in a source text, with
 * what else looks like one.
 */
export function bareTexts(source: string): readonly string[] {
  const { code } = transformSync(source, { loader: 'tsx', jsx: 'automatic', charset: 'utf8' });
  const attributes = /\b(?:children|label|title|placeholder|"aria-label"): "([^"\\]*)"/g;
  // One of several children has a line of its own, as have names of elements.
  const several = /^ +"([^"\\]*[^a-z"\\-][^"\\]*)",?$/gm;
  return [...code.matchAll(attributes), ...code.matchAll(several)]
    .map((match) => match[1] as string)
    .filter((text) => /\p{L}{3}/u.test(text));
}
