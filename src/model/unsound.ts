import * as l10n from '@vscode/l10n';
import { type Binary, programHeaderBytes, type Segment } from '../binary/binary.js';
import { type Diagnostic, diagnostic } from '../binary/diagnostic.js';
import { hex } from '../format.js';
import type { System } from '../system/system.js';
import { loadSegments } from './load-segments.js';
import { memoized } from './memoized.js';

/** A gigabyte: the largest huge page any of the systems has. */
const MAX_ALIGN = 1n << 30n;

/**
 * What a kernel's exec would stumble over in a program or library, or the model; undefined where there is nothing.
 * Programs have most of their libraries in common.
 */
export const unsound = memoized((binary: Binary, system: System): Diagnostic | undefined => {
  if (binary.segments.length * programHeaderBytes(binary) > system.geometry.pageSize) {
    return tooManyHeaders(binary, system);
  }
  let end = 0n;
  for (const segment of loadSegments(binary)) {
    const why = unsoundAlone(segment, system) ?? unsoundAbove(segment, end, system);
    if (why) return why;
    end = segment.address + segment.memorySize;
  }
  return undefined;
});

function unsoundAlone(segment: Segment, system: System): Diagnostic | undefined {
  const { address, memorySize, fileSize, offset, align } = segment;
  const where = hex(address);
  if (align > MAX_ALIGN && (align & (align - 1n)) === 0n) {
    return diagnostic(
      'not-modelled',
      l10n.t(
        'The segment at {0} asks for an alignment of {1} bytes; more than {2} is not modelled.',
        where,
        String(align),
        String(MAX_ALIGN),
      ),
    );
  }
  if (memorySize < fileSize) {
    return diagnostic(
      'kernel-refuses',
      l10n.t(
        'The segment at {0} has more bytes in the file ({1}) than in memory ({2}); such a file is not loaded.',
        where,
        String(fileSize),
        String(memorySize),
      ),
    );
  }
  if (address + memorySize > 1n << BigInt(system.geometry.userBits)) {
    return diagnostic(
      'kernel-refuses',
      l10n.t(
        'The segment at {0} ends beyond the address space of a process; such a file is not loaded.',
        where,
      ),
    );
  }
  if (fileSize > 0n && (address - offset) % BigInt(system.geometry.pageSize) !== 0n) {
    return diagnostic(
      'kernel-refuses',
      l10n.t(
        'The segment at {0} lies elsewhere in its page than its bytes in the file do (offset {1}), so it cannot be mapped; such a file is not loaded.',
        where,
        String(offset),
      ) + relink(align, system),
    );
  }
  return undefined;
}

/** @param end where the segment below ends; 0 where there is none */
function unsoundAbove(
  { address, align }: Segment,
  end: bigint,
  system: System,
): Diagnostic | undefined {
  const pageSize = BigInt(system.geometry.pageSize);
  if (forSmallerPages(align, system) && end > 0n && address / pageSize === (end - 1n) / pageSize) {
    return diagnostic(
      'kernel-refuses',
      l10n.t(
        'The segment at {0} shares a page of {1} bytes with the one below it, over which it would be mapped.',
        hex(address),
        String(pageSize),
      ) + relink(align, system),
    );
  }
  if (address < end && address / pageSize < (end - 1n) / pageSize) {
    return diagnostic(
      'not-modelled',
      l10n.t(
        'The segment at {0} begins before the one below it has ended; overlapping segments are not modelled.',
        hex(address),
      ),
    );
  }
  return undefined;
}

/**
 * Linux fs/binfmt_elf.c (load_elf_phdrs); FreeBSD sys/kern/imgact_elf.c wants them on the first page of the
 * file. A dynamic loader would take more of a library: none has as many, and the model would take long.
 */
const tooManyHeaders = ({ segments }: Binary, { geometry }: System): Diagnostic =>
  diagnostic(
    'kernel-refuses',
    l10n.t(
      'There are {0} program headers, more than fit in a page of {1} bytes; a kernel refuses such a program.',
      segments.length,
      geometry.pageSize,
    ),
  );

/** Whether a segment is aligned to pages smaller than the system's. */
const forSmallerPages = (align: bigint, { geometry }: System): boolean =>
  align >= 4096n && align < BigInt(geometry.pageSize);

/** What to do about a program linked for smaller pages; empty of any other. */
const relink = (align: bigint, system: System): string =>
  forSmallerPages(align, system)
    ? ` ${l10n.t('It is linked for pages of {0} bytes: link it with -z max-page-size={1}.', String(align), system.geometry.pageSize)}`
    : '';
