import { CancellationTokenSource, type Disposable, l10n } from 'vscode';
import { integer } from '../../format.js';
import { inSlices, type Steps } from '../../steps.js';
import type { FollowedBuilds } from '../builds/follow-builds.js';
import type { LastBuilds } from '../builds/last-builds.js';
import { messageOf } from '../errors.js';
import {
  type FailedProgram,
  type Scan,
  type ScannedProgram,
  scanPrograms,
} from './program-scan.js';

/** The search for the workspace's programs, which is done again and again, and what it has found. */
export interface ProgramSearch extends Disposable {
  /** Those with a cost, the dearest first, and those without. */
  found(): readonly (ScannedProgram | FailedProgram)[];
  /** What there is to say of it; empty where it has everything. */
  message(): string;
  isRunning(): boolean;
  /**
   * Searches; a search that still runs is given up.
   * @param asked whether the user did; else what there was stays while a linker is at work
   */
  run(asked: boolean): Promise<void>;
  /** Ends it, with what it has. */
  stop(): void;
}

const NONE: Scan = {
  programs: [],
  failed: [],
  limited: false,
  elsewhere: false,
  unfinished: [],
  unthreaded: undefined,
};

/**
 * @param builds tells whether a linker may be at work
 * @param changed called when a search begins, and when it has ended
 */
export function createProgramSearch(
  lastBuilds: LastBuilds,
  builds: Pick<FollowedBuilds, 'isWaiting' | 'expect'>,
  changed: () => void,
): ProgramSearch {
  let last = NONE;
  let message = '';
  let running: CancellationTokenSource | undefined;

  const found = () => [...last.programs, ...last.failed];
  const take = async (scan: Scan, turn: CancellationTokenSource, asked: boolean) => {
    builds.expect(scan.unfinished);
    const isSettled = !builds.isWaiting();
    if (!isSettled && !asked && found().length > 0) return;
    const stopped = turn.token.isCancellationRequested;
    if (isSettled) await inSlices(noting(scan.programs, lastBuilds));
    if (running !== turn) return;
    // A part of the programs is better than none, but not than what was there before.
    if (!stopped || found().length === 0) last = scan;
    message = remark(stopped, last);
  };
  return {
    found,
    message: () => message,
    isRunning: () => running !== undefined,
    async run(asked) {
      running?.cancel();
      const turn = new CancellationTokenSource();
      running = turn;
      const say = (text: string) => {
        if (found().length === 0) message = text;
        changed();
      };
      say(l10n.t('Looking for programs…'));
      try {
        const scan = await scanPrograms(turn.token, (done, all) => {
          if (running === turn) say(readingWords(done, all));
        });
        if (running === turn) await take(scan, turn, asked);
      } catch (error) {
        if (running !== turn) return;
        message = l10n.t('The workspace could not be searched: {0}', messageOf(error));
      } finally {
        turn.dispose();
        if (running === turn) {
          running = undefined;
          changed();
        }
      }
    },
    stop: () => running?.cancel(),
    dispose() {
      running?.cancel();
      running = undefined;
    },
  };
}

const readingWords = (done: number, all: number): string =>
  l10n.t('Reading binaries: {0} of {1}…', integer(done), integer(all));

/** In steps, for there may be thousands. */
function* noting(programs: readonly ScannedProgram[], lastBuilds: LastBuilds): Steps<void> {
  for (const program of programs) {
    lastBuilds.note(program.uri, program);
    yield;
  }
}

/** What the list does not have; nothing where it has everything. */
function remark(stopped: boolean, { limited, elsewhere, unthreaded }: Scan): string {
  if (stopped) return l10n.t('The search was stopped before its end.');
  if (limited) return l10n.t('Only a part of this large workspace was searched.');
  if (unthreaded !== undefined) {
    return l10n.t('VS Code may have been slow during the search: {0}', unthreaded);
  }
  if (elsewhere) return l10n.t('Folders that are not on this machine were not searched.');
  return '';
}
