import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** The command as it is shipped; the suite builds it first. */
export const CLI = 'dist/cli.js';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** For a command that hangs; on a busy machine one that does not may take ten seconds. */
const HUNG_MS = 60_000;

/** Runs the command to its end; one that has hung has the code null. */
export function runCli(args: readonly string[], options: SpawnSyncOptions = {}): Ended {
  return runNode([resolve(CLI), ...args], options);
}

/** Highest resident set of the command, or of Node.js doing nothing, in bytes. */
export function peakMemory(args: readonly string[] | undefined): number {
  const told = 'process.on("exit",()=>process.stderr.write(`#${process.resourceUsage().maxRSS}`))';
  const script = args ? [CLI, ...args] : ['--eval', '0'];
  const { errors } = runNode([
    '--import',
    `data:text/javascript,${encodeURIComponent(told)}`,
    ...script,
  ]);
  return Number(errors.split('#').at(-1)) * 1024;
}

function runNode(args: readonly string[], options: SpawnSyncOptions = {}): Ended {
  const ended = spawnSync(process.execPath, args, { timeout: HUNG_MS, ...options });
  return { code: ended.status, output: String(ended.stdout), errors: String(ended.stderr) };
}
