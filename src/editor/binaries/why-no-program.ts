import { l10n, type Uri } from 'vscode';
import type { DiagnosticCode } from '../../binary/diagnostic.js';
import type { HeaderReading } from '../../binary/elf.js';
import { shortName } from '../../format.js';
import { notAProgram } from '../../model/refusal.js';
import { msg } from '../../msg.js';
import { basename } from '../path-names.js';

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

/** Why no process begins with a file, in a few words: a title, where the panel has sentences. */
export function whyNoProgram(uri: Uri, { header, headers, diagnostics }: HeaderReading): string {
  const refusal = header && headers && notAProgram({ type: header.type, ...headers });
  const codes = [...(refusal ? [refusal] : []), ...diagnostics].map(({ code }) => code);
  const why = codes.map((code) => WHY[code]).find((text) => text !== undefined) ?? OTHER;
  return l10n.t(why, shortName(basename(uri.path), LONGEST_NAME));
}
