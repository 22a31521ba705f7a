import * as l10n from '@vscode/l10n';
import { type Binary, PT, type Segment } from '../binary/binary.js';
import type { Mapping } from './mapping.js';
import { pageOf } from './page-numbers.js';
import { intersect, run, shift } from './runs.js';

/** Page at which the protected part of a writable segment ends; undefined where nothing is split. */
export function relroEnd(
  binary: Binary,
  segment: Segment,
  { protectsRelro, pageSize }: { readonly protectsRelro: boolean; readonly pageSize: number },
): number | undefined {
  if (!protectsRelro || !segment.writable) return undefined;
  const relro = binary.segments.find((s) => s.type === PT.GNU_RELRO);
  if (!relro) return undefined;
  const end = relro.address + relro.memorySize;
  const inside =
    relro.address >= segment.address && relro.address < segment.address + segment.fileSize;
  return inside ? pageOf(end, pageSize) : undefined; // the loader rounds its end down
}

/** A region in two, the first part no longer writable; whole where `at` is not inside it. */
export function splitAtRelro(
  mapping: Mapping,
  at: number | undefined,
  pageSize: number,
): Mapping[] {
  if (at === undefined || at <= mapping.start) return [mapping];
  const { used } = mapping;
  const cut = Math.min(at, mapping.start + mapping.pages);
  const part = (start: number, end: number): Mapping => {
    const pages = run(start, end - start);
    const bytes = run((start - mapping.start) * pageSize, (end - start) * pageSize);
    return {
      ...mapping,
      start,
      pages: end - start,
      resident: intersect(mapping.resident, pages),
      residentLeast: intersect(mapping.residentLeast, pages),
      private: intersect(mapping.private, pages),
      used: used && shift(intersect(used, bytes), -(start - mapping.start) * pageSize),
    };
  };
  const end = mapping.start + mapping.pages;
  const relro: Mapping = {
    ...part(mapping.start, cut),
    id: `${mapping.id}:relro`,
    label: l10n.t('{0}: read-only after relocation', String(mapping.object)),
    writable: false,
  };
  return cut < end ? [relro, part(cut, end)] : [relro];
}
