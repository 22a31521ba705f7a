import type { Uri } from 'vscode';
import { hex } from '../format.js';

/** The command that shows the panel of a binary; a hover may run no other. */
export const ESTIMATE_N = 'pagecost.estimateN';

/**
 * What the command takes: a binary, a number of processes and, where there is one, an address whose page
 * the panel then shows, as linked and in hexadecimal.
 */
export const estimateArguments = (
  binary: Uri,
  processes: number,
  address: bigint | undefined,
): readonly unknown[] =>
  address === undefined ? [binary, processes] : [binary, processes, hex(address)];

/** The address that the command was given; undefined for what is none of 64 bits. */
export const addressIn = (given: unknown): string | undefined =>
  typeof given === 'string' && /^0x[\da-f]{1,16}$/u.test(given) ? given : undefined;
