import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { runCli } from './run-cli.js';

/** Fails unless a page shows what the command prints; `…` on a line of its own is what it leaves out. */
export function assertShown(page: string, args: readonly string[]): void {
  const { output } = runCli(args);
  const shown = exampleOn(page, args);
  const parts = shown.split(/^…\n/m);
  if (parts.length === 1) assert.equal(shown, output);
  for (const part of parts) assert.ok(output.includes(part), `Not printed:\n${part}`);
}

/** What a page shows behind a command. */
export function exampleOn(page: string, args: readonly string[]): string {
  const command = `$ pagecost ${args.join(' ')}\n`;
  const [, behind] = readFileSync(page, 'utf8').split(command);
  assert.ok(behind !== undefined, `${page} does not show ${command}`);
  return behind.slice(0, behind.indexOf('```\n'));
}
