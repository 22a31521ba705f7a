import { isLoadable } from '../binary/binary.js';
import { integer, printable, shortName } from '../format.js';
import type { Program } from '../model/program.js';
import { columns } from './columns.js';
import { sectionParts } from './parts.js';

/** Sections listed; an object of C++ has thousands, and readelf lists them all. */
const MAX_SECTIONS = 64;
const LONGEST_NAME = 40;

/** What a file that is no program holds: its sections; empty where it has none. */
export function sectionListing({ path, binary }: Program): string {
  if (isLoadable(binary)) return '';
  const parts = sectionParts(binary).filter(({ type }) => type !== 'NULL');
  if (parts.length === 0) return '';
  const rows = parts
    .slice(0, MAX_SECTIONS)
    .map(({ index, name, type, flags, fileSize }) => [
      `  ${index}`,
      shortName(name, LONGEST_NAME),
      type,
      flags,
      integer(fileSize),
    ]);
  const heads = ['  #', 'section', 'type', 'flags', 'bytes in file'];
  const left = parts.length - rows.length;
  const more = left > 0 ? [`  … ${integer(left)} more`] : [];
  const title = `${printable(path)}: ELF ${binary.class}-bit ${binary.machine}, ${binary.type}`;
  return [title, ...columns([heads, ...rows], new Set([0, 4])), ...more, ''].join('\n');
}
