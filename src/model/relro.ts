import * as l10n from '@vscode/l10n';
import { type Binary, PT, type Segment } from '../binary/binary.js';
import type { Mapping } from './mapping.js';
import { pageOf } from './page-numbers.js';
import { intersect, NO_RUNS, type Runs, run, shift } from './runs.js';

/** Pages that are write-protected after relocation in a writable segment, one run; undefined where nothing is split. */
export function relroPages(
  binary: Binary,
  segment: Segment,
  { protectsRelro, pageSize }: { readonly protectsRelro: boolean; readonly pageSize: number },
): Runs | undefined {
  if (!protectsRelro || !segment.writable) return undefined;
  const relro = binary.segments.find((s) => s.type === PT.GNU_RELRO);
  if (!relro) return undefined;
  const end = relro.address + relro.memorySize;
  const inside =
    relro.address >= segment.address && relro.address < segment.address + segment.fileSize;
  if (!inside) return undefined;
  const first = pageOf(relro.address, pageSize);
  return run(first, Math.max(0, pageOf(end, pageSize) - first)); // the loader rounds both down
}

/** A region in parts, of which the protected one is no longer writable; whole where no page of it is protected. */
export function splitAtRelro(
  mapping: Mapping,
  protectedPages: Runs | undefined,
  pageSize: number,
): Mapping[] {
  const end = mapping.start + mapping.pages;
  const [from = 0, to = 0] = intersect(protectedPages ?? NO_RUNS, [mapping.start, end]);
  if (from === to) return [mapping];
  const part = (start: number, stop: number): Mapping => {
    const pages = run(start, stop - start);
    const bytes = run((start - mapping.start) * pageSize, (stop - start) * pageSize);
    const { used } = mapping;
    return {
      ...mapping,
      start,
      pages: stop - start,
      resident: intersect(mapping.resident, pages),
      residentLeast: intersect(mapping.residentLeast, pages),
      private: intersect(mapping.private, pages),
      used: used && shift(intersect(used, bytes), -(start - mapping.start) * pageSize),
    };
  };
  const before: Mapping = { ...part(mapping.start, from), id: `${mapping.id}:before` };
  const relro: Mapping = {
    ...part(from, to),
    id: `${mapping.id}:relro`,
    label: l10n.t('{0}: read-only after relocation', String(mapping.object)),
    writable: false,
  };
  return [before, relro, part(to, end)].filter(({ pages }) => pages > 0);
}
