import { printable } from '../format.js';
import type { Instance } from './instance.js';
import { countedProcesses } from './words.js';

const MAX_LINES = 4;

const START_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'it, its dynamic loader, or the folder to run it in is not there',
  EACCES: 'there is no permission to execute it, or its file system is mounted noexec',
  ENOEXEC: 'the kernel does not know its format',
  E2BIG: 'its arguments and environment are longer than the kernel takes',
  EAGAIN: 'this user has as many processes as are allowed',
  ENOMEM: 'there is not enough memory',
  EMFILE: 'too many files are open here; try fewer at once',
};

/** Why an instance could not be started. */
export function whyNotStarted(name: string, { code, message }: NodeJS.ErrnoException): string {
  return `${name} could not be started: ${START_PROBLEMS[code ?? ''] ?? printable(message)}.`;
}

/** How an instance ended before it could be measured, and what it said to that. */
export function whyEnded(name: string, { exit, complaint }: Instance, left: number): string {
  const how = exit?.signal ? `by ${exit.signal}` : `with exit code ${exit?.code ?? 'unknown'}`;
  const lines = complaint.split('\n').filter((line) => line.trim() !== '');
  const said = lines.slice(0, MAX_LINES).map((line) => printable(line.trimEnd()));
  const sentences = [`${name} ended ${how} before it could be measured.`];
  if (said.length > 0) sentences.push(`It wrote “${said.join(' / ')}”.`);
  if (/\btty\b|terminal/i.test(complaint)) sentences.push('It has no terminal here.');
  if (left > 0) {
    sentences.push(
      `It left ${countedProcesses(left)} in the background, ended now: look for its option to stay in the foreground.`,
    );
  } else if (exit?.code === 0) {
    sentences.push('Give it arguments or input with which it waits.');
  }
  return sentences.join(' ');
}
