import * as l10n from '@vscode/l10n';
import {
  BASELINE_FILE,
  type Budget,
  type Budgets,
  type Glob,
  LIMIT_KINDS,
  type Limit,
  type LimitKind,
} from './budget.js';
import { type Json, type Problem, readJson } from './json-text.js';
import { parseSize } from './parse-size.js';

/** Budgets, or everything that is wrong with them. */
export interface Parsed<T> {
  /** Undefined where there is a problem. */
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Reads budgets from JSON text. Nothing is guessed: an unknown field, a wrong type or unit is a problem
 * that names it.
 *
 * @param source what they are read from, for people
 */
export function parseBudgets(text: string, source: string): Parsed<Budgets> {
  const problems: Problem[] = [];
  const root = readJson(text, source, problems);
  const fields = root?.fields(['budgets', 'baseline', '$schema']);
  const list = fields?.get('budgets');
  if (root && fields && !list)
    root.wrong(l10n.t('The field budgets is missing, a list of budgets.'));
  const items = list?.items();
  if (items?.length === 0) list?.wrong(l10n.t('There is no budget in this list.'));
  const budgets = (items ?? []).map(budgetOf);
  const path = fields?.get('baseline');
  const baseline = path ? relativePath(path) : BASELINE_FILE;
  return problems.length > 0 || baseline === undefined
    ? { value: undefined, problems }
    : { value: { source, budgets, baseline }, problems };
}

const BUDGET_FIELDS = ['files', ...LIMIT_KINDS, 'aslr'] as const;

/** What can be understood of a budget. */
function budgetOf(json: Json): Budget {
  const fields = json.fields(BUDGET_FIELDS);
  const files = fields?.get('files');
  if (fields && !files)
    json.wrong(l10n.t('The field files is missing, the programs that this is for.'));
  const limits = LIMIT_KINDS.flatMap((kind) => limitOf(kind, fields?.get(kind)));
  if (fields && !LIMIT_KINDS.some((kind) => fields.has(kind))) {
    json.wrong(l10n.t('This limits nothing. There are {0}.', LIMIT_KINDS.join(', ')));
  }
  return { files: files ? globsOf(files) : [], limits, aslr: aslrOf(fields?.get('aslr')) };
}

function globsOf(json: Json): readonly Glob[] {
  if (typeof json.value === 'string') return globOf(json);
  const items = json.items();
  if (items?.length === 0) json.wrong(l10n.t('There is no pattern in this list.'));
  return (items ?? []).flatMap(globOf);
}

function globOf(json: Json): readonly Glob[] {
  const pattern = relativePath(json);
  return pattern === undefined ? [] : [{ pattern, field: json.field, place: json.place }];
}

/** A path or pattern from the folder of the budgets that does not leave it. */
function relativePath(json: Json): string | undefined {
  const { value } = json;
  if (typeof value !== 'string') return json.wrong(l10n.t('This has to be a string.'));
  const parts = value.split('/').filter((part) => part !== '.');
  const leads = parts.includes('..') || parts.includes('') || /^[a-z]:/i.test(value);
  return leads || parts.length === 0 || /[\\\0]/.test(value)
    ? json.wrong(
        l10n.t('This has to be a path from the folder of the budgets, with / and without ..'),
      )
    : parts.join('/');
}

function limitOf(kind: LimitKind, json: Json | undefined): readonly Limit[] {
  if (!json) return [];
  const most = kind.endsWith('Bytes') ? sizeOf(json) : pagesOf(json);
  return most === undefined ? [] : [{ kind, most, field: json.field, place: json.place }];
}

const sizeOf = (json: Json): number | undefined =>
  parseSize(json.value) ??
  json.wrong(l10n.t('This has to be whole bytes: a number, or as in "200 KiB", to 1 TiB.'));

function pagesOf(json: Json): number | undefined {
  const { value } = json;
  return Number.isSafeInteger(value) && (value as number) >= 0
    ? (value as number)
    : json.wrong(l10n.t('This has to be a whole number of pages.'));
}

function aslrOf(json: Json | undefined): boolean {
  if (json && typeof json.value !== 'boolean') json.wrong(l10n.t('This has to be true or false.'));
  return json?.value !== false;
}
