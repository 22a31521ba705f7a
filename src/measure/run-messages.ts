import * as l10n from '@vscode/l10n';
import { counted, printable } from '../format.js';
import { msg } from '../msg.js';
import type { Instance } from './instance.js';

const MAX_LINES = 4;

const START_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: msg(
    '{0} could not be started: it, its dynamic loader, or the folder to run it in is not there.',
  ),
  EACCES: msg(
    '{0} could not be started: there is no permission to execute it, or its file system is mounted noexec.',
  ),
  ENOEXEC: msg('{0} could not be started: the kernel does not know its format.'),
  E2BIG: msg(
    '{0} could not be started: its arguments and environment are longer than the kernel takes.',
  ),
  EAGAIN: msg('{0} could not be started: this user has as many processes as are allowed.'),
  ENOMEM: msg('{0} could not be started: there is not enough memory.'),
  EMFILE: msg('{0} could not be started: too many files are open here; try fewer at once.'),
};

/** Why an instance could not be started. */
export function whyNotStarted(name: string, { code, message }: NodeJS.ErrnoException): string {
  const known = START_PROBLEMS[code ?? ''];
  return known === undefined
    ? l10n.t('{0} could not be started: {1}.', name, printable(message))
    : l10n.t(known, name);
}

/** How an instance ended before it could be measured, and what it said to that. */
export function whyEnded(name: string, { exit, complaint }: Instance, left: number): string {
  const lines = complaint.split('\n').filter((line) => line.trim() !== '');
  const said = lines.slice(0, MAX_LINES).map((line) => printable(line.trimEnd()));
  const sentences = [
    exit?.signal
      ? l10n.t('{0} ended by {1} before it could be measured.', name, exit.signal)
      : l10n.t(
          '{0} ended with exit code {1} before it could be measured.',
          name,
          exit?.code ?? l10n.t('unknown'),
        ),
  ];
  if (said.length > 0) sentences.push(l10n.t('It wrote “{0}”.', said.join(' / ')));
  if (/\btty\b|terminal/i.test(complaint)) sentences.push(l10n.t('It has no terminal here.'));
  if (left > 0) {
    sentences.push(
      counted(
        left,
        msg(
          'It left {0} process in the background, ended now: look for its option to stay in the foreground.',
        ),
        msg(
          'It left {0} processes in the background, ended now: look for its option to stay in the foreground.',
        ),
      ),
    );
  } else if (exit?.code === 0) {
    sentences.push(l10n.t('Give it arguments or input with which it waits.'));
  }
  return sentences.join(' ');
}
