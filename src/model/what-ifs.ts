import type { WhatIf } from './what-if.js';
import { aslrOff } from './what-ifs/aslr-off.js';
import { dataBesideStack } from './what-ifs/data-beside-stack.js';
import { dataExecutable } from './what-ifs/data-executable.js';
import { dynamicTables } from './what-ifs/dynamic-tables.js';
import { mallocSlack } from './what-ifs/malloc-slack.js';
import { mergeDataBss } from './what-ifs/merge-data-bss.js';
import { onePage } from './what-ifs/one-page.js';
import { overlappedTables } from './what-ifs/overlapped-tables.js';
import { sharedTextTables } from './what-ifs/shared-text-tables.js';
import { smallerStack } from './what-ifs/smaller-stack.js';

/**
 * Every what-if there is, in the order they are applied in: how a program is built and started, how its
 * regions lie, how its tables are kept.
 */
export const WHAT_IFS: readonly WhatIf[] = [
  aslrOff,
  mergeDataBss,
  mallocSlack,
  dataExecutable,
  onePage,
  dataBesideStack,
  smallerStack,
  overlappedTables,
  dynamicTables,
  sharedTextTables,
];
