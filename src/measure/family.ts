import { createMark, type Mark } from './mark.js';
import { listProcesses } from './proc.js';
import { lives, type ProcessStat, readStat } from './process-stat.js';

/** The processes of one run: those that were started, and all that these started. */
export interface Family {
  /** What they have to be started with. */
  readonly mark: Mark;
  /** All that live now, ascending. Looks at every process of this machine. */
  find(): number[];
  /** Sends SIGKILL to all that live now; returns their numbers. */
  kill(): number[];
}

/**
 * A family is known by its mark, by its parents and by its sessions: a daemon leaves its parent and its
 * session, and some overwrite their environment. Only what does all of it between two looks is
 * not found; so look often.
 */
export function createFamily(mark = createMark()): Family {
  /** Process numbers to when the process started: numbers are used again. */
  const members = new Map<number, string>();
  /** Begun by members, and held by some of them at the last look. */
  let sessions: ReadonlySet<number> = new Set();

  function find(): number[] {
    const living = look(mark);
    const startOf = new Map(living.map(({ pid, started }) => [pid, started]));
    const isKnown = ({ pid, started }: Living) => members.get(pid) === started;
    // A session's number is its leader's, free for a stranger's once nobody is in it.
    const isOurs = (session: number) =>
      sessions.has(session) &&
      (startOf.get(session) ?? members.get(session)) === members.get(session);
    const isMember = (one: Living) => isKnown(one) || isOurs(one.session) || one.marked;

    const found = new Map(living.filter(isMember).map((one) => [one.pid, one]));
    // A child may have a lower number than its parent: again until there is no new one.
    for (let before = 0; before < found.size; ) {
      before = found.size;
      for (const one of living) if (found.has(one.parent)) found.set(one.pid, one);
    }
    for (const { pid, started } of found.values()) members.set(pid, started);
    // One that another process began is never ours, whoever of the family is in it.
    const begun = [...found.values()].filter(
      ({ pid, session }) => pid === session || isOurs(session),
    );
    sessions = new Set(begun.map(({ session }) => session));
    return [...found.keys()].sort((a, b) => a - b);
  }

  return {
    mark,
    find,
    kill() {
      const found = find();
      for (const pid of found) {
        // The number may be another process's by now.
        if (readStat(pid)?.started === members.get(pid)) send(pid);
      }
      return found;
    },
  };
}

type Living = ProcessStat & { readonly pid: number; readonly marked: boolean };

/** Lists of processes taken for one look, at most: on a busy machine each has a new one. */
const MAX_LISTS = 16;

/**
 * All processes but this one. One may start another and end before it is read, so that neither is
 * seen: hence lists, until there is nobody new on one. Who lives then has been read.
 */
function look(mark: Mark): Living[] {
  const seen = new Map<number, Living | undefined>([[process.pid, undefined]]);
  for (let lists = 0; lists < MAX_LISTS; lists++) {
    const fresh = listProcesses().filter((pid) => !seen.has(pid));
    if (fresh.length === 0) break;
    for (const pid of fresh) {
      const stat = readStat(pid);
      seen.set(pid, lives(stat) ? { pid, ...stat, marked: mark.isOn(pid) } : undefined);
    }
  }
  return [...seen.values()].filter((one) => one !== undefined);
}

function send(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, or has become another user's: whoever asks again will find it.
  }
}
