import type { WhatIf } from './what-if.js';
import { aslrOff } from './what-ifs/aslr-off.js';
import { dataBesideStack } from './what-ifs/data-beside-stack.js';
import { dataExecutable } from './what-ifs/data-executable.js';
import { dynamicTables } from './what-ifs/dynamic-tables.js';
import { gcSections } from './what-ifs/gc-sections.js';
import { hugeHeap } from './what-ifs/huge-heap.js';
import { linkBesideStack } from './what-ifs/link-beside-stack.js';
import { mallocSlack } from './what-ifs/malloc-slack.js';
import { maxPageSize2M } from './what-ifs/max-page-size.js';
import { mergeDataBss } from './what-ifs/merge-data-bss.js';
import { muslStatic } from './what-ifs/musl-static.js';
import { noPie } from './what-ifs/no-pie.js';
import { noRelro } from './what-ifs/no-relro.js';
import { noSeparateCode } from './what-ifs/no-separate-code.js';
import { onePage } from './what-ifs/one-page.js';
import { fiveLevels, pages16K, pages64K, withoutPti, withPti } from './what-ifs/other-systems.js';
import { overlappedTables } from './what-ifs/overlapped-tables.js';
import { prefork } from './what-ifs/prefork.js';
import { relr } from './what-ifs/relr.js';
import { sharedTextTables } from './what-ifs/shared-text-tables.js';
import { smallerStack } from './what-ifs/smaller-stack.js';
import { staticallyLinked } from './what-ifs/static.js';

/**
 * Every what-if there is, in the order they are applied in: how a program is built and started, how its
 * regions lie, how its tables are kept.
 */
export const WHAT_IFS: readonly WhatIf[] = [
  aslrOff,
  staticallyLinked,
  muslStatic,
  noPie,
  noRelro,
  noSeparateCode,
  maxPageSize2M,
  relr,
  gcSections,
  linkBesideStack,
  pages16K,
  pages64K,
  fiveLevels,
  withPti,
  withoutPti,
  prefork,
  hugeHeap,
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
