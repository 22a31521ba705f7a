import type { Binary } from '../../src/binary/binary.js';
import type { System } from '../../src/system/system.js';
import { SYSTEMS } from '../../src/system/systems.js';

/** The systems whose machine can run the binary. */
export const fittingSystems = (binary: Binary): readonly System[] =>
  SYSTEMS.filter((system) => system.machine === binary.machine && system.class === binary.class);
