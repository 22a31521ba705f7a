import * as l10n from '@vscode/l10n';
import type { Cost } from '../model/cost.js';
import { msg } from '../msg.js';
import { type Amounts, amountsOf } from './amounts.js';
import { type Json, type Problem, readJson } from './json-text.js';
import type { Parsed } from './parse-budgets.js';

/** The number goes up when a field changes its meaning or leaves. */
const FORMAT = 'pagecost-baseline/1';

/** What a program cost when the baseline was saved. */
export interface Before extends Amounts {
  /** From the folder of the budgets. */
  readonly file: string;
  /** Identifier, as `--system` takes it. */
  readonly system: string;
  readonly aslr: boolean;
  /** Ids of the rows whose cost was not known, so that the amounts are lower bounds. */
  readonly unknown: readonly string[];
}

export const beforeOf = (file: string, aslr: boolean, cost: Cost): Before => ({
  file,
  system: cost.system,
  aslr,
  ...amountsOf(cost),
  unknown: unknownRows(cost),
});

/** Ids of the rows of what a process costs that have no number. */
export const unknownRows = ({ rows }: Cost): readonly string[] =>
  rows
    .filter(({ bytes, category }) => bytes === undefined && category !== 'shared')
    .map(({ id }) => id);

/** The text of a baseline file: the same for the same costs, in whatever order they come. */
export function baselineText(all: readonly Before[]): string {
  const files = [...all].sort((a, b) => compare(a.file, b.file) || Number(a.aslr) - Number(b.aslr));
  return `${JSON.stringify({ format: FORMAT, files }, undefined, 2)}\n`;
}

/** By code units: the same on every machine, whatever its language. */
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Reads a baseline file. */
export function parseBaseline(text: string, path: string): Parsed<readonly Before[]> {
  const problems: Problem[] = [];
  const missing = (field: string, message: string) =>
    problems.push({ file: path, field, place: undefined, message });
  const root = readJson(text, path, problems);
  const fields = root?.fields(['format', 'files']);
  const format = fields?.get('format');
  const files = fields?.get('files');
  if (format && format.value !== FORMAT) {
    format.wrong(
      l10n.t('This has to be "{0}". Save the baseline again, with this Pagecost.', FORMAT),
    );
  } else if (fields && !format) {
    missing(
      'format',
      l10n.t(
        'This field is missing: the file is no baseline. pagecost check --save-baseline writes one.',
      ),
    );
  } else if (fields && !files) {
    missing(
      'files',
      l10n.t('This field is missing. pagecost check --save-baseline writes the file again.'),
    );
  }
  const value = problems.length > 0 ? undefined : files?.items()?.map(entryOf);
  return problems.length > 0 ? { value: undefined, problems } : { value, problems };
}

const FIELDS = [
  'file',
  'system',
  'aslr',
  'perProcessBytes',
  'privatePages',
  'tablePages',
  'unknown',
] as const;

function entryOf(json: Json): Before {
  const fields = json.fields(FIELDS);
  const field = (name: (typeof FIELDS)[number]) =>
    fields?.get(name) ?? (fields && json.wrong(l10n.t('The field {0} is missing.', name)));
  const text = (value: Json | undefined) =>
    taken(value, isString, '', msg('This has to be a string.'));
  const number = (value: Json | undefined) =>
    taken(value, isAmount, 0, msg('This has to be a number.'));
  return {
    file: text(field('file')),
    system: text(field('system')),
    aslr: taken(field('aslr'), isBoolean, true, msg('This has to be true or false.')),
    perProcessBytes: number(field('perProcessBytes')),
    privatePages: number(field('privatePages')),
    tablePages: number(field('tablePages')),
    unknown: (field('unknown')?.items() ?? []).map(text),
  };
}

/** A value if it is of the right kind. If not, there is a problem, and nobody looks at the rest. */
function taken<T>(
  json: Json | undefined,
  is: (value: unknown) => value is T,
  rest: T,
  otherwise: string,
): T {
  if (json && is(json.value)) return json.value;
  json?.wrong(l10n.t(otherwise));
  return rest;
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isAmount = (value: unknown): value is number => typeof value === 'number' && value >= 0;
