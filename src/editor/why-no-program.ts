import { l10n, type Uri } from 'vscode';
import type { DiagnosticCode } from '../binary/diagnostic.js';
import { shortName } from '../format.js';
import { estimate } from '../model/estimate.js';
import { START_UP } from '../model/workload.js';
import { msg } from '../msg.js';
import { basename } from './path-names.js';
import { readProgram } from './reading.js';

const LONGEST_NAME = 40;

const WHY: Partial<Record<DiagnosticCode, string>> = {
  'core-dump': msg('{0} is a core dump: what is left of a process'),
  empty: msg('{0} is an empty file'),
  'kernel-module': msg('{0} is a kernel module: no process begins with it'),
  'not-readable': msg('{0} cannot be read'),
  'object-file': msg('{0} is an object file: nothing to start until it is linked'),
  script: msg('{0} is a script: its process is that of its interpreter'),
};
const OTHER = msg('{0} is not a program');

/** Why no process begins with a file, in a few words: a title, where the panel has sentences. Never rejects. */
export async function whyNoProgram(uri: Uri): Promise<string> {
  const { program, diagnostics } = await readProgram(uri);
  const conditions = { system: undefined, workload: START_UP, aslr: true };
  const reasons = program ? estimate(program, conditions).diagnostics : diagnostics;
  const why = reasons.map(({ code }) => WHY[code]).find((text) => text !== undefined) ?? OTHER;
  return l10n.t(why, shortName(basename(uri.path), LONGEST_NAME));
}
