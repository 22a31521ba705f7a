import { spawn } from 'node:child_process';
import { feed, type Input, stdinOf } from './input.js';

/** A process started to be measured. */
export interface Instance {
  /** Undefined where it could not be started. */
  readonly pid: number | undefined;
  /** Why it could not be started. */
  readonly error: NodeJS.ErrnoException | undefined;
  /** How it ended; undefined while it runs. */
  readonly exit: { readonly code: number | null; readonly signal: string | null } | undefined;
  /** The first 4 KiB it wrote to standard error. */
  readonly complaint: string;
  /** Ends it, even where /proc does not show it, and lets go of its pipes. */
  end(): void;
}

export interface StartRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly input: Input;
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
}

const MAX_COMPLAINT = 4096;

/** Starts a process in a session of its own, so without a terminal; what it writes is thrown away. */
export function startInstance({ command, args, input, cwd, environment }: StartRequest): Instance {
  let error: NodeJS.ErrnoException | undefined;
  let exit: Instance['exit'];
  let complaint = Buffer.alloc(0);
  const child = spawn(command, args, {
    cwd,
    env: environment,
    detached: true,
    stdio: [stdinOf(input), 'ignore', 'pipe'],
  });
  child.on('error', (reason) => {
    error = reason;
  });
  child.on('exit', (code, signal) => {
    exit = { code, signal };
  });
  child.stderr?.on('error', () => {});
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = Buffer.concat([complaint, chunk.subarray(0, MAX_COMPLAINT - complaint.length)]);
  });
  feed(child.stdin, input);
  return {
    pid: child.pid,
    get error() {
      return error;
    },
    get exit() {
      return exit;
    },
    get complaint() {
      return complaint.toString();
    },
    end() {
      child.kill('SIGKILL');
      child.stdin?.destroy();
      child.stderr?.destroy();
      child.unref();
    },
  };
}

/** What was set for VS Code itself and would change what some programs do. */
const OF_VSCODE = /^(ELECTRON|VSCODE)_/;

/** The environment of a program started from a terminal of this user. */
export const plainEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_VSCODE.test(name)));
