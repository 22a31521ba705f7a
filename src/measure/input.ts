import type { Writable } from 'node:stream';

/** What a program that is run to be measured finds at its standard input. */
export type Input =
  /** A pipe that nobody writes to. */
  | { readonly kind: 'open' }
  /** The end of the file at once. */
  | { readonly kind: 'empty' }
  /** A pipe with this text in it, which stays open: the program waits for more. */
  | { readonly kind: 'text'; readonly text: string };

/** What `spawn` is to connect to its standard input. */
export const stdinOf = (input: Input): 'ignore' | 'pipe' =>
  input.kind === 'empty' ? 'ignore' : 'pipe';

/** Writes what it is to find there, into the pipe that it was started with. */
export function feed(stdin: Writable | null, input: Input): void {
  stdin?.on('error', () => {}); // it may have closed its end, or have ended
  if (input.kind === 'text') stdin?.write(input.text);
}
