import {
  CancellationError,
  type CancellationToken,
  type Disposable,
  type FileStat,
  FileType,
  LanguageModelTextPart,
  type LanguageModelTool,
  type LanguageModelToolInvocationOptions,
  LanguageModelToolResult,
  l10n,
  lm,
  MarkdownString,
  workspace,
} from 'vscode';
import { integer, printable } from '../format.js';
import { type Named, systemNamed, whatIfsNamed } from '../model/parse-ids.js';
import { isProcessCount, MAX_PROCESSES } from '../model/total.js';
import { START_UP } from '../model/workload.js';
import { boundedJson } from '../report/bounded-report.js';
import { estimateReport } from '../report/estimate-report.js';
import { type Located, locate } from './binaries/locate.js';
import { readProgram } from './binaries/reading.js';
import { settingsFor } from './settings.js';

const TOOL = 'estimate_process_cost';

/** Of the answer, where the caller gives no budget: some 8,000 tokens. */
const MOST_CHARACTERS = 24_000;

/** What a model asks for. Nobody promises that it keeps to the schema. */
type Input = Readonly<
  Partial<Record<'path' | 'processes' | 'aslr' | 'whatIfs' | 'system', unknown>>
>;

type Options = LanguageModelToolInvocationOptions<Input>;

/**
 * The estimate for language models. Errors are thrown, as VS Code hands their messages to the model: each
 * says what to do instead. They are for no user, and so are not translated.
 */
export const estimateTool = {
  async prepareInvocation({ input }: Pick<Options, 'input'>) {
    const name = typeof input.path === 'string' ? printable(input.path) : '?';
    const invocationMessage = asText(l10n.t('Estimating the process cost of {0}', name));
    const located = await locate(input.path).catch(() => undefined);
    if (!located || !(await mayLeadOutside(located))) return { invocationMessage };
    const title = located.isOutside
      ? l10n.t('Estimate the process cost of a file outside the workspace?')
      : l10n.t('Estimate the process cost of a file that may lead outside the workspace?');
    const message = asText(
      l10n.t('Pagecost would read the headers of {0}. It runs nothing.', name),
    );
    return { invocationMessage, confirmationMessages: { title, message } };
  },
  async invoke(options: Options, token: CancellationToken) {
    const text = await answer(options, await locate(options.input.path));
    if (token.isCancellationRequested) throw new CancellationError();
    return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
  },
} satisfies LanguageModelTool<Input>;

export const registerEstimateTool = (): Disposable => lm.registerTool(TOOL, estimateTool);

/** Paths in a program lead anywhere, and so does a link: who trusts a workspace trusts its programs. */
async function mayLeadOutside({ uri, isOutside }: Located): Promise<boolean> {
  if (isOutside || !workspace.isTrusted) return true;
  const isLink = ({ type }: FileStat) => (type & FileType.SymbolicLink) !== 0;
  return workspace.fs.stat(uri).then(isLink, () => false);
}

/** A file's name is not to become a link or a picture. */
const asText = (text: string): MarkdownString => new MarkdownString().appendText(text);

async function answer({ input, tokenizationOptions }: Options, { uri }: Located): Promise<string> {
  const settings = settingsFor(uri);
  const asked = {
    processes: input.processes === undefined ? settings.processes : processesOf(input.processes),
    aslr: input.aslr === undefined ? settings.aslr : flagOf(input.aslr),
    system: input.system === undefined ? undefined : known(systemNamed(input.system)),
    whatIfs: whatIfsOf(input.whatIfs),
    workload: START_UP,
  };
  const { program, diagnostics } = await readProgram(uri);
  const estimated = program && estimateReport(program, asked);
  if (!estimated?.cost) {
    const reasons = estimated?.report.diagnostics ?? diagnostics;
    const why = reasons.map(({ message }) => message).join(' ');
    throw new Error(`There is no estimate of ${printable(uri.path)}. ${why}`);
  }
  return boundedJson(estimated.report, async (text) =>
    tokenizationOptions
      ? (await tokenizationOptions.countTokens(text)) <= tokenizationOptions.tokenBudget
      : text.length <= MOST_CHARACTERS,
  );
}

function processesOf(given: unknown): number {
  if (isProcessCount(given)) return given;
  throw new Error(
    `processes is a whole number from 1 to ${integer(MAX_PROCESSES)}, not ${shown(given)}.`,
  );
}

function flagOf(given: unknown): boolean {
  if (typeof given === 'boolean') return given;
  throw new Error(`aslr is true or false, not ${shown(given)}.`);
}

function whatIfsOf(given: unknown): readonly string[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw new Error(`whatIfs is a list of ids, not ${shown(given)}.`);
  return known(whatIfsNamed(given));
}

function known<T>(named: Named<T>): T {
  if (!named.ok) throw new Error(named.message);
  return named.value;
}

const shown = (given: unknown): string => printable(JSON.stringify(given) ?? String(given));
