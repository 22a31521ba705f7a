import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { eachFileOnce, filesAt } from '../check/program-files.js';
import { rankCached } from '../check/rank-cache.js';
import type { RankCandidate } from '../check/rank-file.js';
import { type Ranking, rankPrograms, type Watching } from '../check/rank-programs.js';
import { counted, integer, printable } from '../format.js';
import { msg } from '../msg.js';
import { reportJson } from '../report/json.js';
import { rankReport } from '../report/rank-report.js';
import { rankText } from '../report/rank-text.js';
import { atOnce } from '../steps.js';
import { type AskedConditions, conditionsOf } from './conditions.js';
import { fail } from './failure.js';
import { type Command, readArguments, WrongUsage, wrong } from './options.js';
import { showLine } from './terminal-line.js';

const HELP = `Usage: pagecost rank [option]... DIRECTORY|FILE...

The programs among files, and below directories, by what one more process of each costs at
its start-up, the dearest first. A program is an ELF executable, or a shared object that names
its dynamic loader or says that it is an executable; object files and libraries are passed
over. Runs none of them.

      --top COUNT     only so many, the dearest
      --processes N   how many processes, 1 to 1,000,000 (default 10,000)
      --sysroot DIR   where the files of the programs' system are (default: /)
      --json          a JSON document
      --help          this text

Ends with 0 if there are programs that could be estimated, even if others could not; 1 if there
is none, or no such directory or file; 2 for wrong usage.
`;

const OPTIONS = {
  top: { type: 'string' },
  processes: { type: 'string' },
  sysroot: { type: 'string' },
  json: { type: 'boolean' },
} as const;

interface Asked extends Pick<AskedConditions, 'processes' | 'sysroot'> {
  /** Directories and files. */
  readonly named: readonly string[];
  /** Undefined for all. */
  readonly top: number | undefined;
  readonly json: boolean;
}

/** `pagecost rank DIRECTORY|FILE...`: programs, the dearest first. */
export const RANK: Command = { help: HELP, run: (args) => rank(read(args)) };

function read(args: readonly string[]): Asked {
  const { values, positionals } = readArguments(args, OPTIONS);
  if (positionals.length === 0) throw new WrongUsage('No directory and no file was named.');
  const { processes, sysroot } = conditionsOf(values);
  return {
    named: positionals,
    top: topOf(values.top),
    json: values.json ?? false,
    processes,
    sysroot,
  };
}

function topOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return count > 0 ? count : wrong('--top is a whole number from 1 on', text);
}

function rank({ named, top, json, processes, sysroot }: Asked) {
  const show = nowAndThen(showLine);
  const { candidates, limited, unseen } = filesAt(named, sysroot, (done) =>
    show(() => `${countedFiles(done)} looked at`),
  );
  for (const { path, code } of unseen) fail(`${printable(path)}: ${whyUnseen(code)}`);
  const ranking = ranked(candidates, sysroot, (done) =>
    show(() => `${integer(done)} of ${countedFiles(candidates.length)} read`),
  );
  const { programs, failed } = eachFileOnce(ranking, candidates);
  showLine('');
  const all = {
    programs: programs.map(({ candidate, cost }) => ({ file: candidate.name, cost })),
    failed: failed.map(({ candidate, reason }) => ({ file: candidate.name, reason })),
    limited,
  };
  const report = rankReport(all, processes, top);
  process.stdout.write(json ? `${reportJson(report)}\n` : rankText(report));
  if (programs.length === 0) process.exitCode ??= 1;
}

const countedFiles = (n: number): string => counted(n, msg('{0} file'), msg('{0} files'));

/** ELF files from which on it is worth remembering what was found. */
const MANY = 500;

/**
 * In this thread alone: a second one reads the libraries and compiles the code once more, which on two processors
 * took longer than it saved.
 */
function ranked(
  candidates: readonly RankCandidate[],
  sysroot: string | undefined,
  progress: (done: number) => void,
): Ranking<RankCandidate> {
  const rankAll = (all: readonly RankCandidate[], watching: Watching) =>
    atOnce(rankPrograms(all, { ...watching, progress }));
  if (candidates.length < MANY || sysroot !== undefined) return rankAll(candidates, {});
  const cache = join(cacheDirectory(), 'pagecost', 'rank.json');
  return rankCached(candidates, cache, __filename, rankAll);
}

/** Where programs keep what they can make again (XDG Base Directory Specification; Apple; Microsoft). */
function cacheDirectory(): string {
  const { XDG_CACHE_HOME: xdg = '', LOCALAPPDATA: local = '' } = process.env;
  const home = homedir();
  if (process.platform === 'win32') return local || join(home, 'AppData', 'Local');
  if (process.platform === 'darwin') return join(home, 'Library', 'Caches');
  return isAbsolute(xdg) ? xdg : join(home, '.cache'); // a relative one is to be ignored
}

const whyUnseen = (code: string) => PROBLEMS[code] ?? `It cannot be looked at: ${code}.`;

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such directory or file.',
  ENOTDIR: 'There is no such directory or file.',
  EACCES: 'There is no permission to look into it.',
};

/** Time between two lines of progress, in ms: no terminal is written to more often than people can read. */
const STEP = 100;

/** Shows a text that is made only if it is time for one. */
function nowAndThen(show: (text: string) => void) {
  let last = 0;
  return (text: () => string) => {
    const now = Date.now();
    if (now - last < STEP) return;
    last = now;
    show(text());
  };
}
