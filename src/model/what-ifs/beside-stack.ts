import * as l10n from '@vscode/l10n';
import { PT, type Segment } from '../../binary/binary.js';
import { loadSegments } from '../load-segments.js';
import type { Mapping } from '../mapping.js';
import { programMappings } from '../program-mappings.js';
import { count, intersect, NO_RUNS, shift } from '../runs.js';
import type { Subject } from '../what-if.js';
import { mergedBss } from './merged-bss.js';

/** Why a program's data cannot lie beside its stack; undefined where they can. */
export function noneBesideStack({ program, system }: Subject): string | undefined {
  const loads = loadSegments(program.binary);
  const data = loads.filter((s) => s.writable);
  if (data.length === 0) return l10n.t('It has no segment that can be written.');
  if (data.length === loads.length)
    return l10n.t('Its code can be written, and is one with its data.');
  const bytes = data.reduce((sum, s) => sum + s.memorySize, 0n);
  const limit = system.addressSpace.stackLimit * system.geometry.pageSize;
  return bytes > BigInt(limit)
    ? l10n.t('Its data are larger than the stack may become.')
    : undefined;
}

/**
 * The program with its data in the stack: what is in the file is copied there, and of the bss as much
 * as is in use lies next to it.
 */
export function besideStack(subject: Subject): Subject {
  const { cLibrary, workload, system } = subject;
  const { pageSize } = system.geometry;
  const program = { ...subject.program, binary: mergedBss(subject.program.binary) };
  const moved = programMappings(program, cLibrary, workload, pageSize)
    .map((mapping) => bytesInUse(mapping, pageSize))
    .reduce((a, b) => a + b, 0);
  const segments = program.binary.segments.filter((s) => !isData(s));
  return {
    ...subject,
    program: { ...program, binary: { ...program.binary, segments } },
    workload: { ...workload, stackBytes: workload.stackBytes + moved },
  };
}

const isData = ({ type, writable }: Segment): boolean => type === PT.LOAD && writable;

function bytesInUse(
  { kind, start, used = NO_RUNS, private: pages }: Mapping,
  pageSize: number,
): number {
  if (kind === 'data') return count(used);
  if (kind !== 'bss') return 0;
  const touched = shift(pages, -start).map((page) => page * pageSize);
  return count(intersect(used, touched));
}
