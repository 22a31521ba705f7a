import * as l10n from '@vscode/l10n';
import { type Binary, programHeaderBytes, type Segment } from '../binary/binary.js';
import type { Diagnostic, DiagnosticCode } from '../binary/diagnostic.js';
import { hex } from '../format.js';
import { detectOperatingSystem } from '../system/detect.js';
import type { System } from '../system/system.js';
import { loadSegments } from './load-segments.js';
import type { Placed } from './mapping.js';
import { memoized } from './memoized.js';
import type { LoadedObject, Program } from './program.js';

/** Why there can be no process of a program on a system; undefined where there can. */
export function refusalOf(program: Program, system: System | undefined): Diagnostic | undefined {
  const { binary } = program;
  if (!system) return notAProgram(binary) ?? noSystem(binary);
  return notAProgram(binary) ?? otherSystem(binary, system) ?? unsound(binary, system);
}

/** The program without libraries that no loader could map: those are as good as missing. */
export function loadable(program: Program, system: System): Program {
  const missing = [...program.missing];
  const sound = ({ name, binary }: LoadedObject): boolean => {
    const why = unsoundLibrary(binary, system);
    if (why) missing.push({ name, reason: why.message });
    return why === undefined;
  };
  const { interpreter } = program;
  return {
    ...program,
    interpreter: interpreter && sound(interpreter) ? interpreter : undefined,
    libraries: program.libraries.filter(sound),
    missing,
  };
}

/** What does not fit in the address space, or not beside the rest of it. */
export function misfit(placed: readonly Placed[], system: System): Diagnostic | undefined {
  const { userBits, pageSize } = system.geometry;
  if (isRoomFor(placed, 2 ** userBits / pageSize)) return undefined;
  const regions = placed
    .flatMap(({ block, base }) =>
      block.mappings.map(({ label, start, pages }) => ({ label, pages, firstPage: base + start })),
    )
    .sort((a, b) => a.firstPage - b.firstPage);
  let end = 0;
  let below = l10n.t('the beginning of the address space');
  for (const { label, firstPage, pages } of regions) {
    if (firstPage < end) {
      return because(
        'kernel-refuses',
        l10n.t('{0} does not fit above {1}: there is no room.', label, below),
      );
    }
    end = firstPage + pages;
    below = label;
  }
  return end * pageSize > 2 ** userBits
    ? because(
        'kernel-refuses',
        l10n.t('{0} does not fit in an address space of 2^{1} bytes.', below, userBits),
      )
    : undefined;
}

/** Whether each block lies above the one below it; one may also lie in a hole of another. */
function isRoomFor(placed: readonly Placed[], limit: number): boolean {
  let end = 0;
  for (const { block, base } of placed.toSorted((a, b) => a.base - b.base)) {
    if (base < end) return false;
    end = base + block.pages;
  }
  return end <= limit;
}

/** Why no process begins with a binary, whatever the system; undefined where one may. */
export function notAProgram(
  binary: Pick<Binary, 'type' | 'segments' | 'sections'>,
): Diagnostic | undefined {
  if (binary.type === 'relocatable') {
    const module = binary.sections.some((s) => s.name === '.modinfo');
    return module
      ? because(
          'kernel-module',
          l10n.t(
            'This is a kernel module: the kernel loads it once, for no process in particular.',
          ),
        )
      : because(
          'object-file',
          l10n.t(
            'This is an object file: it has sections but no segments until it is linked, so there is no process to estimate.',
          ),
        );
  }
  if (binary.type === 'core') {
    return because(
      'core-dump',
      l10n.t('This is a core dump: what is left of a process that was, not a program to start.'),
    );
  }
  if (binary.type === 'unknown') {
    return because(
      'bad-header',
      l10n.t(
        'e_type names no kind of file known here: 2 (executable) and 3 (shared object) are programs.',
      ),
      16,
    );
  }
  if (loadSegments(binary).length === 0) {
    return because(
      'no-segments',
      l10n.t('The file has no PT_LOAD segment that occupies memory, so there is nothing to load.'),
    );
  }
  return undefined;
}

function noSystem(binary: Binary): Diagnostic {
  const { os, because: reason } = detectOperatingSystem(binary);
  return because(
    'unknown-system',
    l10n.t(
      'This is a program for {0} on {1} (by {2}); the model does not know that system yet.',
      os,
      binary.machine,
      reason,
    ),
  );
}

function otherSystem(binary: Binary, system: System): Diagnostic | undefined {
  if (system.machine !== binary.machine || system.class !== binary.class) {
    return because(
      'unknown-system',
      l10n.t(
        '{0} is described for programs of {1} ({2}-bit), and this is one of {3} ({4}-bit).',
        l10n.t(system.name),
        system.machine,
        system.class,
        binary.machine,
        binary.class,
      ),
    );
  }
  const { os, because: reason, sure } = detectOperatingSystem(binary);
  if (sure && os !== system.addressSpace.kind) {
    return because(
      'unknown-system',
      l10n.t(
        '{0} does not run programs for {1}, which this one is by {2}.',
        l10n.t(system.name),
        os,
        reason,
      ),
    );
  }
  // The only FreeBSD here is described for static programs, which those of the thread were.
  if (system.addressSpace.kind === 'freebsd' && binary.interpreter !== undefined) {
    return because(
      'not-modelled',
      l10n.t('Dynamic programs on {0} are not modelled.', l10n.t(system.name)),
    );
  }
  return undefined;
}

/** A gigabyte: the largest huge page any of the systems has. */
const MAX_ALIGN = 1n << 30n;

/** Programs have most of their libraries in common. */
const unsoundLibrary = memoized((binary: Binary, system: System) => unsound(binary, system));

/** What a kernel's exec would stumble over, or the model. */
function unsound(binary: Binary, system: System): Diagnostic | undefined {
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
}

function unsoundAlone(segment: Segment, system: System): Diagnostic | undefined {
  const { address, memorySize, fileSize, offset, align } = segment;
  const where = hex(address);
  if (align > MAX_ALIGN && (align & (align - 1n)) === 0n) {
    return because(
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
    return because(
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
    return because(
      'kernel-refuses',
      l10n.t(
        'The segment at {0} ends beyond the address space of a process; such a file is not loaded.',
        where,
      ),
    );
  }
  if (fileSize > 0n && (address - offset) % BigInt(system.geometry.pageSize) !== 0n) {
    return because(
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
    return because(
      'kernel-refuses',
      l10n.t(
        'The segment at {0} shares a page of {1} bytes with the one below it, over which it would be mapped.',
        hex(address),
        String(pageSize),
      ) + relink(align, system),
    );
  }
  if (address < end && address / pageSize < (end - 1n) / pageSize) {
    return because(
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
  because(
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

const because = (code: DiagnosticCode, message: string, offset?: number): Diagnostic => ({
  code,
  offset,
  message,
});
