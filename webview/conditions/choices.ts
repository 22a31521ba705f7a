import { parseBytes, parsePercent, parseRequests } from '../../src/model/parse-workload.js';
import { WHAT_IFS } from '../../src/model/what-ifs.js';
import { BERNSTEIN_REQUESTS, START_UP, type Workload } from '../../src/model/workload.js';
import type { PanelDefaults, PanelState } from '../../src/protocol.js';

/** Bernstein's five requests, as one types them. */
export const BERNSTEIN_TEXT = BERNSTEIN_REQUESTS.join(', ');

/**
 * The choices to show a program with: those of the panel's last life if it showed the same file.
 * Another file keeps what is about the machine, and drops what was about the program.
 */
export function choicesFor(
  uri: string,
  saved: PanelState | undefined,
  defaults: PanelDefaults,
): PanelState {
  const fresh: PanelState = {
    uri,
    processes: saved?.processes ?? defaults.processes,
    systemId: undefined,
    aslr: saved?.aslr ?? defaults.aslr ?? true,
    ram: saved?.ram ?? '16 GiB',
    heap: '',
    written: false,
    stack: '',
    bss: '',
    whatIfs: [],
    expanded: [],
  };
  if (saved?.uri !== uri) return fresh;
  const kept = { ...fresh, ...saved };
  return { ...kept, whatIfs: kept.whatIfs.filter(isKnown) };
}

/** Another version of the panel may have had other what-ifs. */
const isKnown = (id: string): boolean => WHAT_IFS.some((whatIf) => whatIf.id === id);

/** What the fields say of the program's work; one that cannot be understood says nothing. */
export function workloadOf({ heap, written, stack, bss }: WorkloadFields): Workload {
  const parsed = parseRequests(heap);
  return {
    ...START_UP,
    heap: parsed.ok ? parsed.requests : undefined,
    heapWritten: written,
    stackBytes: parseBytes(stack) ?? START_UP.stackBytes,
    bssTouched: parsePercent(bss),
  };
}

type WorkloadFields = Pick<PanelState, 'heap' | 'written' | 'stack' | 'bss'>;

/** A list of ids with one of them put in, or taken out where it is in. */
export const toggled = (ids: readonly string[], id: string): readonly string[] =>
  ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
