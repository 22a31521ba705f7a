import type { Binary } from '../binary/binary.js';
import type { Diagnostic, DiagnosticCode } from '../binary/diagnostic.js';
import { detectOperatingSystem } from '../system/detect.js';
import type { System } from '../system/system.js';
import type { Region } from './cost.js';
import { loadSegments } from './object.js';
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
    const why = unsound(binary, system);
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
export function misfit(regions: readonly Region[], system: System): Diagnostic | undefined {
  const { userBits, pageSize } = system.geometry;
  let end = 0;
  let below = 'the beginning of the address space';
  for (const { label, firstPage, pages } of regions) {
    if (firstPage < end) {
      return because('kernel-refuses', `${label} does not fit above ${below}: there is no room.`);
    }
    end = firstPage + pages;
    below = label;
  }
  return end * pageSize > 2 ** userBits
    ? because('kernel-refuses', `${below} does not fit in an address space of 2^${userBits} bytes.`)
    : undefined;
}

function notAProgram(binary: Binary): Diagnostic | undefined {
  if (binary.type === 'relocatable') {
    const module = binary.sections.some((s) => s.name === '.modinfo');
    return module
      ? because(
          'kernel-module',
          'This is a kernel module: the kernel loads it once, for no process in particular.',
        )
      : because(
          'object-file',
          'This is an object file: it has sections but no segments until it is linked, so there is no process to estimate.',
        );
  }
  if (binary.type === 'core') {
    return because(
      'core-dump',
      'This is a core dump: what is left of a process that was, not a program to start.',
    );
  }
  if (binary.type === 'unknown') {
    return because(
      'bad-header',
      'e_type names no kind of file known here: 2 (executable) and 3 (shared object) are programs.',
      16,
    );
  }
  if (loadSegments(binary).length === 0) {
    return because(
      'no-segments',
      'The file has no PT_LOAD segment that occupies memory, so there is nothing to load.',
    );
  }
  return undefined;
}

function noSystem(binary: Binary): Diagnostic {
  const { os, because: reason } = detectOperatingSystem(binary);
  return because(
    'unknown-system',
    `This is a program for ${os} on ${binary.machine} (by ${reason}); the model does not know that system yet.`,
  );
}

function otherSystem(binary: Binary, system: System): Diagnostic | undefined {
  if (system.machine !== binary.machine || system.class !== binary.class) {
    return because(
      'unknown-system',
      `${system.name} is described for programs of ${system.machine} (${system.class}-bit), and this is one of ${binary.machine} (${binary.class}-bit).`,
    );
  }
  const { os, because: reason, sure } = detectOperatingSystem(binary);
  if (sure && os !== system.addressSpace.kind) {
    return because(
      'unknown-system',
      `${system.name} does not run programs for ${os}, which this one is by ${reason}.`,
    );
  }
  // The only FreeBSD here is described for static programs, which those of the thread were.
  if (system.addressSpace.kind === 'freebsd' && binary.interpreter !== undefined) {
    return because('not-modelled', `Dynamic programs on ${system.name} are not modelled.`);
  }
  return undefined;
}

/** A gigabyte: the largest huge page any of the systems has. */
const MAX_ALIGN = 1n << 30n;

/** What a kernel's exec would stumble over, or the model. */
function unsound(binary: Binary, system: System): Diagnostic | undefined {
  const pageSize = BigInt(system.geometry.pageSize);
  const limit = 1n << BigInt(system.geometry.userBits);
  let end = 0n;
  for (const segment of loadSegments(binary)) {
    const { address, memorySize, fileSize, offset, align } = segment;
    const where = `The segment at 0x${address.toString(16)}`;
    if (align > MAX_ALIGN && (align & (align - 1n)) === 0n) {
      return because(
        'not-modelled',
        `${where} asks for an alignment of ${align} bytes; more than ${MAX_ALIGN} is not modelled.`,
      );
    }
    if (memorySize < fileSize) {
      return because(
        'kernel-refuses',
        `${where} has more bytes in the file (${fileSize}) than in memory (${memorySize}); a kernel refuses such a program.`,
      );
    }
    if (address + memorySize > limit) {
      return because(
        'kernel-refuses',
        `${where} ends beyond the address space of a process; a kernel refuses such a program.`,
      );
    }
    if (fileSize > 0n && (address - offset) % pageSize !== 0n) {
      return because(
        'kernel-refuses',
        `${where} lies elsewhere in its page than its bytes in the file do (offset ${offset}), so it cannot be mapped; a kernel refuses such a program.${relink(align, system)}`,
      );
    }
    if (
      forSmallerPages(align, system) &&
      end > 0n &&
      address / pageSize === (end - 1n) / pageSize
    ) {
      return because(
        'kernel-refuses',
        `${where} shares a page of ${pageSize} bytes with the one below it, over which it would be mapped.${relink(align, system)}`,
      );
    }
    if (address < end && address / pageSize < (end - 1n) / pageSize) {
      return because(
        'not-modelled',
        `${where} begins before the one below it has ended; overlapping segments are not modelled.`,
      );
    }
    end = address + memorySize;
  }
  return undefined;
}

/** Whether a segment is aligned to pages smaller than the system's. */
const forSmallerPages = (align: bigint, { geometry }: System): boolean =>
  align >= 4096n && align < BigInt(geometry.pageSize);

/** What to do about a program linked for smaller pages; empty of any other. */
const relink = (align: bigint, system: System): string =>
  forSmallerPages(align, system)
    ? ` It is linked for pages of ${align} bytes: link it with -z max-page-size=${system.geometry.pageSize}.`
    : '';

const because = (code: DiagnosticCode, message: string, offset?: number): Diagnostic => ({
  code,
  offset,
  message,
});
