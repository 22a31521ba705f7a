import { roundUp } from '../round-up.js';
import { coarsen, type Runs, run, shift, union } from '../runs.js';

// musl 1.2.3, src/malloc/mallocng (malloc.c, meta.h, donate.c), as far as nothing is freed.
const UNIT = 16;
/** Bytes kept with each allocation, in front of it (IB). */
const IN_BAND = 4;
/** Requests from this size on get a mapping of their own. */
const MMAP_THRESHOLD = 131_052;
/** Records of groups on a page (struct meta, of 40 bytes on 64-bit machines, behind a head of 24). */
const RECORDS_PER_PAGE = 101;
/** Sizes of slots, in units: the larger ones of each four are about a power of two in 7, 6, 5 and 4 or 8. */
// biome-ignore format: rows as the source has them
const CLASSES = [
  1, 2, 3, 4, 5, 6, 7, 8,
  9, 10, 12, 15, 18, 20, 25, 31,
  36, 42, 50, 63, 72, 84, 102, 127,
  146, 170, 204, 255, 292, 340, 409, 511,
  584, 682, 818, 1023, 1169, 1364, 1637, 2047,
  2340, 2730, 3276, 4095, 4680, 5460, 6552, 8191,
];
/** Slots of a group of the first classes, by how many there are of the class. */
// biome-ignore format: rows as the source has them
const SMALL_COUNTS = [
  [30, 30, 30], [31, 15, 15], [20, 10, 10],
  [31, 15, 7], [25, 12, 6], [21, 10, 5],
  [18, 8, 4], [31, 15, 7], [28, 14, 6],
];
const MEDIUM_COUNTS = [28, 24, 20, 32];

/** Memory that groups are in: pages mapped for one, or the end of an object's page that was given to malloc. */
interface Place {
  /** Pages mapped; 0 of memory that was there. */
  readonly pages: number;
  /** Bytes written, and bytes handed out, counted from its begin. */
  readonly written: Runs[];
  readonly used: Runs[];
}

/** Slots of one size, of which so many were handed out, and so many are active. */
interface Group {
  readonly place: Place;
  /** Where its header lies in that. */
  readonly at: number;
  readonly slots: number;
  readonly stride: number;
  active: number;
  taken: number;
}

/** A malloc of musl's. */
export interface Mallocng {
  /** Gives it so many bytes that were left on a page: donate(). */
  readonly donate: (bytes: number) => void;
  /** Asks for so many bytes, of which these are written. */
  readonly malloc: (bytes: number, written: Runs) => void;
  /** Pages at the break, without the guard page. */
  readonly recordPages: () => number;
  /** What was mapped, in that order, in pages; written and used from the begin of each. */
  readonly mapped: () => readonly { pages: number; written: Runs; used: Runs; isLarge: boolean }[];
}

/** What it has. */
interface State {
  readonly pageSize: number;
  /** Groups with free slots by class, the one to take from first. */
  readonly classes: readonly Group[][];
  /** Slots by class. */
  readonly usage: number[];
  readonly mappings: { readonly place: Place; readonly isLarge: boolean }[];
  /** Records of groups. */
  records: number;
}

/** A malloc that was not asked for anything yet. */
export function mallocng(pageSize: number): Mallocng {
  const state: State = {
    pageSize,
    classes: CLASSES.map(() => []),
    usage: CLASSES.map(() => 0),
    mappings: [],
    records: 0,
  };
  return {
    donate: (bytes) => donate(state, bytes),
    malloc: (bytes, written) => allocate(state, bytes, written),
    recordPages: () => Math.ceil(state.records / RECORDS_PER_PAGE),
    mapped: () =>
      state.mappings.map(({ place, isLarge }) => ({
        pages: place.pages,
        written: coarsen(union(...place.written), pageSize),
        used: union(...place.used),
        isLarge,
      })),
  };
}

/** A group of one slot each of the largest classes of each four that fit, from the largest on. */
function donate(state: State, bytes: number): void {
  let left = bytes;
  for (let sizeClass = CLASSES.length - 1; sizeClass > 0 && left > 0; sizeClass -= 4) {
    const size = sizeOf(sizeClass);
    if (left < size + UNIT) continue;
    state.records++;
    const place = { pages: 0, written: [], used: [] };
    groupsOf(state, sizeClass).push(newGroup(place, 0, 1, size));
    left -= size + UNIT;
  }
}

function allocate(state: State, bytes: number, written: Runs): void {
  if (bytes >= MMAP_THRESHOLD) {
    state.records++;
    const place = map(state, bytes + IN_BAND + UNIT, true);
    handOut(state, place, UNIT, place.pages * state.pageSize - UNIT, bytes, written);
  } else {
    const { place, begin, stride } = takeSlot(state, coarseClass(classOf(bytes), state), bytes);
    handOut(state, place, begin, stride, bytes, written);
  }
}

function map({ mappings, pageSize }: State, bytes: number, isLarge: boolean): Place {
  const place = { pages: Math.ceil(bytes / pageSize), written: [run(0, UNIT)], used: [] };
  mappings.push({ place, isLarge });
  return place;
}

/** The next slot of a class, and where it begins. */
function takeSlot(state: State, sizeClass: number, request: number) {
  const groups = groupsOf(state, sizeClass);
  while (groups[0] && groups[0].taken === groups[0].slots) groups.shift();
  if (groups[0] === undefined) groups.push(addGroup(state, sizeClass, request));
  const group = groups[0] as Group;
  if (group.taken === group.active) group.active = activated(group);
  const { place, at, stride } = group;
  return { place, stride, begin: at + UNIT + group.taken++ * stride };
}

function addGroup(state: State, sizeClass: number, request: number): Group {
  const { usage, pageSize } = state;
  state.records++;
  const size = sizeOf(sizeClass);
  const slots = slotsOf(sizeClass, size, usage[sizeClass] as number, pageSize);
  const group =
    size * slots + UNIT > pageSize / 2
      ? mappedGroup(state, sizeClass, size, slots, request)
      : groupInSlot(state, size, slots);
  usage[sizeClass] = (usage[sizeClass] as number) + group.slots;
  return group;
}

/** A group with a mapping of its own, of fewer slots where that wastes less. */
function mappedGroup(
  state: State,
  sizeClass: number,
  size: number,
  most: number,
  request: number,
): Group {
  const { usage, pageSize } = state;
  let inUse = usage[sizeClass] as number;
  if (sizeClass % 2 === 0 && sizeClass < 32) inUse += usage[sizeClass + 1] as number;
  let slots = fewer(sizeClass, size, most, inUse, pageSize);
  let needed = roundUp(size * slots + UNIT, pageSize);
  if (slots <= 7) {
    const alone = roundUp(request + IN_BAND + UNIT, pageSize);
    if (alone < size + UNIT || (alone >= 4 * pageSize && 2 * slots > inUse)) {
      slots = 1;
      needed = alone;
    }
  }
  const stride = slots === 1 ? needed - UNIT : size;
  const active = Math.max(1, Math.min(slots, Math.floor((4096 - UNIT) / size)));
  return newGroup(map(state, needed, false), 0, slots, stride, active);
}

/** A group in a slot of a larger class. */
function groupInSlot(state: State, size: number, slots: number): Group {
  const bytes = UNIT + slots * size - IN_BAND;
  const { place, begin } = takeSlot(state, classOf(bytes), bytes);
  place.written.push(run(begin, UNIT));
  for (let i = 0; i <= slots; i++) place.written.push(run(begin + UNIT + i * size - IN_BAND, 1));
  return newGroup(place, begin, slots, size);
}

const newGroup = (
  place: Place,
  at: number,
  slots: number,
  stride: number,
  active = slots,
): Group => ({ place, at, slots, stride, active, taken: 0 });

/** Writes what malloc keeps of an allocation in a slot, and notes what it is for. */
function handOut(
  { mappings }: State,
  place: Place,
  at: number,
  stride: number,
  request: number,
  written: Runs,
): void {
  const room = Math.floor((stride - IN_BAND - request) / UNIT);
  const offset = cycled(mappings.length, room);
  const start = at + UNIT * offset;
  const end = at + stride - IN_BAND;
  const reserved = end - start - request;
  if (offset > 0) place.written.push(run(at - 3, 3));
  place.written.push(run(start - IN_BAND, IN_BAND));
  if (reserved > 0) place.written.push(run(start + request, 1));
  if (reserved >= 5) place.written.push(run(end - 5, 5));
  if (written.length > 0) place.written.push(shift(written, start));
  place.used.push(run(start, request));
}

const groupsOf = ({ classes }: State, sizeClass: number) => classes[sizeClass] as Group[];

/** Bytes of a slot. */
const sizeOf = (sizeClass: number): number => UNIT * (CLASSES[sizeClass] as number);

/** size_to_class: the smallest class with room for so many bytes. */
const classOf = (bytes: number): number =>
  CLASSES.findIndex((units) => units * UNIT >= bytes + IN_BAND);

/** Of even classes nothing is there yet: the next odd one does at first, whose groups have fewer slots. */
function coarseClass(sizeClass: number, { classes, usage }: State): number {
  const isEven = sizeClass >= 4 && sizeClass < 32 && sizeClass !== 6 && sizeClass % 2 === 0;
  if (!isEven || classes[sizeClass]?.length !== 0 || usage[sizeClass] !== 0) return sizeClass;
  const coarse = sizeClass + 1;
  const first = classes[coarse]?.[0];
  const isFull = first === undefined || first.taken === first.slots;
  return (usage[coarse] as number) + (isFull ? 3 : 0) <= 12 ? coarse : sizeClass;
}

/** Slots of a new group, by how many of its class there are. */
function slotsOf(sizeClass: number, size: number, usage: number, pageSize: number): number {
  let slots: number;
  if (sizeClass < SMALL_COUNTS.length) {
    const counts = SMALL_COUNTS[sizeClass] as number[];
    slots = (counts.slice(0, 2).find((n) => 4 * n <= usage) ?? counts[2]) as number;
  } else {
    slots = MEDIUM_COUNTS[sizeClass % 4] as number;
    while (slots % 2 === 0 && 4 * slots > usage) slots /= 2;
    while (size * slots >= 65_536 * UNIT) slots = Math.floor(slots / 2);
  }
  return slots === 1 && size + UNIT <= pageSize / 2 ? 2 : slots;
}

/** A lower count of slots, where the other one would be more than a quarter of those in use. */
function fewer(
  sizeClass: number,
  size: number,
  slots: number,
  usage: number,
  page: number,
): number {
  if (4 * slots <= usage) return slots;
  const bytes = size * slots;
  if (sizeClass % 4 === 1 && bytes > 8 * page) return 2;
  if (sizeClass % 4 === 2 && bytes > 4 * page) return 3;
  if (sizeClass % 4 === 0 && bytes > 8 * page) return 3;
  return sizeClass % 4 === 0 && bytes > 2 * page ? 5 : slots;
}

/** One slot more, and all up to the next boundary of 4 KiB. */
function activated({ active, slots, stride }: Group): number {
  let count = active + 1;
  let span = UNIT + stride * count;
  while (Math.floor(span / 4096) === Math.floor((span + stride - 1) / 4096)) {
    count++;
    span += stride;
  }
  return Math.min(count, slots);
}

/** How many units into its slot an allocation begins: with each mapping one more, as far as there is room. */
function cycled(mappings: number, room: number): number {
  const wanted = mappings % 256;
  if (wanted <= room) return wanted;
  const masked = wanted & (2 ** Math.ceil(Math.log2(room + 1)) - 1);
  return masked > room ? masked - (room + 1) : masked;
}
