import { PT } from './binary.js';
import { unsaid } from './diagnostic.js';
import { type ElfReading, readInterpreter, readWhole } from './elf.js';
import { isPie, readDynamicTable } from './elf-dynamic.js';
import { ELF_BYTES, isElf, readElfHeader } from './elf-header.js';
import { resolveCounts } from './elf-sections.js';
import { findSegment } from './elf-segments.js';
import { readingAhead } from './read-ahead.js';
import type { ByteSource } from './source.js';

/**
 * What an ELF file holds that is to be started, as object files, core dumps and most shared objects are
 * not: of these only headers are read, and of any other file nothing but its first page. One whose
 * header cannot be understood may be to be started; the diagnostics say what is wrong.
 */
export function readIfStarted(source: ByteSource): ElfReading | undefined {
  const ahead = readingAhead(source);
  if (!isElf(ahead.read(0, ELF_BYTES))) return undefined;
  return mayBeStarted(ahead) ? readWhole(ahead) : undefined;
}

/** An executable, or a shared object that names its dynamic loader or says that it is an executable. */
function mayBeStarted(source: ByteSource): boolean {
  const header = readElfHeader(source, unsaid);
  if (!header || header.type === 'executable') return true;
  if (header.type !== 'shared') return false;
  const { segmentTable } = resolveCounts(source, header, unsaid);
  const first = (type: number) => findSegment(source, header, segmentTable, type);
  const named = first(PT.INTERP);
  if (named && readInterpreter(source, [named], unsaid) !== undefined) return true;
  const dynamic = first(PT.DYNAMIC);
  const table = dynamic && readDynamicTable(source, header, [dynamic], unsaid);
  return table !== undefined && isPie(table);
}
