import type { WhatIf } from './what-if.js';
import { aslrOff } from './what-ifs/aslr-off.js';

/** Every what-if there is, in the order they are applied in. */
export const WHAT_IFS: readonly WhatIf[] = [aslrOff];
