import type { Binary } from '../binary/binary.js';
import type { Diagnostic, DiagnosticCode } from '../binary/diagnostic.js';
import { detectOperatingSystem } from '../system/detect.js';
import type { System } from '../system/system.js';
import { loadSegments } from './object.js';

/** Why there can be no process of a binary on a system; undefined where there can. */
export function refusal(binary: Binary, system: System | undefined): Diagnostic | undefined {
  return (
    notAProgram(binary) ??
    (system ? (wrongMachine(binary, system) ?? unsound(binary, system)) : noSystem(binary))
  );
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

function wrongMachine(binary: Binary, system: System): Diagnostic | undefined {
  if (system.machine === binary.machine && system.class === binary.class) return undefined;
  return because(
    'unknown-system',
    `${system.name} does not run programs of ${binary.machine} (${binary.class}-bit).`,
  );
}

/** What a kernel's exec would stumble over, or the model. */
function unsound(binary: Binary, system: System): Diagnostic | undefined {
  const pageSize = BigInt(system.geometry.pageSize);
  const limit = 1n << BigInt(system.geometry.userBits);
  let end = 0n;
  for (const segment of loadSegments(binary)) {
    const { address, memorySize, fileSize, offset } = segment;
    const where = `The segment at 0x${address.toString(16)}`;
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
        `${where} lies elsewhere in its page than its bytes in the file do (offset ${offset}), so it cannot be mapped; a kernel refuses such a program.`,
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

const because = (code: DiagnosticCode, message: string, offset?: number): Diagnostic => ({
  code,
  offset,
  message,
});
