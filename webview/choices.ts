import { parseBytes, parsePercent, parseRequests } from '../src/model/parse-workload.js';
import { BERNSTEIN_REQUESTS, START_UP, type Workload } from '../src/model/workload.js';
import type { PanelDefaults, PanelState } from '../src/protocol.js';

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
    expanded: [],
  };
  return saved?.uri === uri ? { ...fresh, ...saved } : fresh;
}

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

/** The list of open rows with one of them opened or closed. */
export const toggled = (expanded: readonly string[], id: string): readonly string[] =>
  expanded.includes(id) ? expanded.filter((other) => other !== id) : [...expanded, id];
