import type { Binary } from '../../src/binary/binary.js';
import { detectOperatingSystem } from '../../src/system/detect.js';
import type { System } from '../../src/system/system.js';
import { SYSTEMS } from '../../src/system/systems.js';

/** The systems that can run the binary: those of its machine and, where it names one, its operating system. */
export function fittingSystems(binary: Binary): readonly System[] {
  const { os, sure } = detectOperatingSystem(binary);
  return SYSTEMS.filter(
    ({ machine, class: width, addressSpace }) =>
      machine === binary.machine && width === binary.class && (!sure || addressSpace.kind === os),
  );
}
