import * as l10n from '@vscode/l10n';
import type { Quality, RegionKind } from './cost.js';
import type { Area } from './malloc/heap-use.js';
import type { Reason } from './reasons.js';
import type { RuleId } from './rules.js';
import { NO_RUNS, type Runs, shift, union } from './runs.js';

/** Which ledger row a mapping's private pages belong to, where it has any; mappings may share one. */
export interface Charge {
  readonly id: string;
  readonly label: string;
  readonly rule: RuleId;
  readonly quality: Quality;
  readonly object: string | undefined;
  /** Which pages, and why; of all parts where a region was split. */
  readonly reasons: readonly Reason[];
  /** What else there is to say, in a few words. */
  readonly detail: string | undefined;
}

/** One region of a process before it has a place. Page numbers count from its block's base. */
export interface Mapping {
  readonly id: string;
  readonly label: string;
  readonly kind: RegionKind;
  readonly object: string | undefined;
  readonly start: number;
  readonly pages: number;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly executable: boolean;
  /** Pages in RAM: those taken to be, the fewest, and as far as they may be, where that is further. */
  readonly resident: Runs;
  readonly residentLeast: Runs;
  readonly residentMost?: Runs | undefined;
  /** Pages this process alone holds. */
  readonly private: Runs;
  /** Bytes with a use, counted from the mapping's first byte; undefined where they are not counted. */
  readonly used: Runs | undefined;
  /** Mappings that were one when first written share an anon_vma: those of one origin. */
  readonly origin: string;
  /** Undefined where no page can be private. */
  readonly charge: Charge | undefined;
}

/** Mappings that lie at fixed distances from each other, wherever they are put. */
export interface Block {
  readonly mappings: readonly Mapping[];
  /** Pages from page 0 to the end of the last mapping. */
  readonly pages: number;
  /** What is resident of all mappings together. */
  readonly resident: Runs;
  readonly residentLeast: Runs;
  readonly residentMost?: Runs | undefined;
}

/** A block and the page its page 0 is at. */
export interface Placed {
  readonly block: Block;
  readonly base: number;
}

/** A block whose page 0 is the first page of its first mapping. */
export function blockOf(mappings: readonly Mapping[]): Block {
  const first = mappings.length > 0 ? Math.min(...mappings.map((m) => m.start)) : 0;
  const moved = first === 0 ? mappings : mappings.map((m) => movedBy(m, -first));
  return {
    mappings: moved,
    pages: Math.max(0, ...moved.map((m) => m.start + m.pages)),
    resident: union(...moved.map((m) => m.resident)),
    residentLeast: union(...moved.map((m) => m.residentLeast)),
    ...(moved.some(({ residentMost }) => residentMost) && {
      residentMost: union(...moved.map(mostResident)),
    }),
  };
}

/** Pages in RAM, as far as they may be. */
export const mostResident = ({
  resident,
  residentMost = resident,
}: Pick<Mapping, 'resident' | 'residentMost'>): Runs => residentMost;

const movedBy = (m: Mapping, pages: number): Mapping => ({
  ...m,
  start: m.start + pages,
  resident: shift(m.resident, pages),
  residentLeast: shift(m.residentLeast, pages),
  residentMost: m.residentMost && shift(m.residentMost, pages),
  private: shift(m.private, pages),
});

/** A private anonymous region, readable and writable. */
export function anonymous(
  id: string,
  label: string,
  kind: RegionKind,
  area: Area,
  charge: Pick<Charge, 'rule' | 'quality' | 'detail'>,
): Mapping {
  return {
    ...reserved(id, label, 0, area.pages),
    kind,
    readable: true,
    writable: true,
    resident: area.written,
    residentLeast: area.written,
    private: area.written,
    used: area.used,
    charge: { ...charge, id, label, object: undefined, reasons: [inUse(area)] },
  };
}

const inUse = ({ pages, guard, written }: Area): Reason => ({
  why: 'written',
  pages: shift(written, -guard),
  of: pages - guard,
});

/** Address space without access: it costs a region and nothing else. */
export const reserved = (id: string, label: string, start: number, pages: number): Mapping => ({
  id,
  label,
  kind: 'loader',
  object: undefined,
  start,
  pages,
  readable: false,
  writable: false,
  executable: false,
  resident: NO_RUNS,
  residentLeast: NO_RUNS,
  private: NO_RUNS,
  used: NO_RUNS,
  origin: id,
  charge: undefined,
});

/** The guard pages in front of an area as a region of their own, then the rest of it. */
export function withGuard(mapping: Mapping, guard: number): Mapping[] {
  if (guard === 0) return [mapping];
  const noAccess = reserved(`${mapping.id}-guard`, l10n.t('{0}: guard', mapping.label), 0, guard);
  const rest = { ...mapping, start: guard, pages: mapping.pages - guard };
  return [{ ...noAccess, kind: mapping.kind }, rest];
}
