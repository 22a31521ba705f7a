import type { Cost, Region } from '../../src/model/cost.js';
import type { MeasuredProcess, MeasuredRegion } from '../../src/model/measurement.js';
import { count, type Runs, shift, union } from '../../src/model/runs.js';

const KIB = 1024;

/** A process that holds exactly what an estimate says, its objects `moved` pages from where it drew them. */
export function liveProcess(
  cost: Cost,
  moved: (region: Region) => number = () => 0,
): MeasuredProcess {
  const regions = cost.regions.map((region): MeasuredRegion => {
    const by = moved(region);
    return {
      firstPage: region.firstPage + by,
      pages: region.pages,
      access: `${region.readable ? 'r' : '-'}${region.writable ? 'w' : '-'}${region.executable ? 'x' : '-'}p`,
      name: nameOf(region),
      object: region.kind === 'bss' ? undefined : region.object,
      residentBytes: count(region.resident) * cost.pageSize,
      privateBytes: count(region.private) * cost.pageSize,
      present: shift(region.resident, by),
      private: shift(region.private, by),
    };
  });
  const { levels } = cost.pageTables;
  return {
    pid: 4242,
    pageSize: cost.pageSize,
    threads: 1,
    tableBytes: levels
      .slice(0, -1)
      .reduce((sum, level) => sum + level.tables * level.tableBytes, 0),
    swappedBytes: 0,
    randomised: cost.aslr,
    environment: undefined,
    regions,
  };
}

/** The same process with more pages of one region written, counted from the region's first page. */
export const written = (
  process: MeasuredProcess,
  chosen: (region: MeasuredRegion) => boolean,
  pages: Runs,
): MeasuredProcess => ({
  ...process,
  regions: process.regions.map((region) => {
    if (!chosen(region)) return region;
    const now = union(region.private ?? [], shift(pages, region.firstPage));
    const present = union(region.present ?? [], now);
    return {
      ...region,
      private: now,
      present,
      privateBytes: count(now) * process.pageSize,
      residentBytes: count(present) * process.pageSize,
    };
  }),
});

/** An anonymous region of so many pages, all of them written. */
export const anonymousRegion = (firstPage: number, pages: number): MeasuredRegion => ({
  firstPage,
  pages,
  access: 'rw-p',
  name: '',
  object: undefined,
  residentBytes: pages * 4 * KIB,
  privateBytes: pages * 4 * KIB,
  present: [firstPage, firstPage + pages],
  private: [firstPage, firstPage + pages],
});

function nameOf({ kind, object, id }: Region): string {
  if (kind === 'stack' || kind === 'heap') return `[${kind}]`;
  if (kind === 'vdso') return `[${id}]`;
  return object !== undefined && kind !== 'bss' ? `/somewhere/${object}` : '';
}
