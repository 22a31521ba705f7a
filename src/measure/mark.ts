import { randomInt, randomUUID } from 'node:crypto';
import { pathCommand } from './path-command.js';
import { tryRead, tryReadProc } from './proc.js';

/** Something a process is started with that its children have too, and nobody else. */
export interface Mark {
  /** Goes before the command. */
  readonly prefix: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  isOn(pid: number): boolean;
}

/**
 * A limit no program comes near, with a number of ours: how long a process of realtime priority may
 * compute, in microseconds. A limit is handed down whatever else a daemon leaves behind. Without
 * util-linux's prlimit, or where there is such a limit already, a variable in the environment has to do.
 */
export const createMark = (): Mark => limitMark() ?? variableMark();

/** Some 35 years. */
const FAR = 2 ** 50;
/** What randomInt takes at most. */
const CHOICES = 2 ** 47;
const LIMIT_LINE = /^Max realtime timeout\s+(\S+)/m;

function limitMark(): Mark | undefined {
  const prlimit = pathCommand('prlimit');
  const own = LIMIT_LINE.exec(tryRead('/proc/self/limits') ?? '')?.[1];
  if (prlimit === undefined || own !== 'unlimited') return undefined;
  const limit = String(FAR + randomInt(CHOICES));
  return {
    prefix: [prlimit, `--rttime=${limit}`],
    environment: {},
    isOn: (pid) => LIMIT_LINE.exec(tryReadProc(pid, 'limits') ?? '')?.[1] === limit,
  };
}

function variableMark(): Mark {
  const value = randomUUID();
  return {
    prefix: [],
    environment: { PAGECOST_RUN: value },
    isOn: (pid) =>
      tryReadProc(pid, 'environ')?.split('\0').includes(`PAGECOST_RUN=${value}`) ?? false,
  };
}
