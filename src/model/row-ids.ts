import type { LevelName } from '../system/geometry.js';

// Ids of ledger rows that are looked for elsewhere than where they are made.

/** The regions of the stack, and of the heap at the break, have the same ids. */
export const STACK_ROW = 'stack';
export const HEAP_ROW = 'heap';

/** What ids of the program's own rows and regions begin with; a library's begin otherwise. */
export const PROGRAM_PREFIX = 'program:';

/** The page tables of a level. */
export const tablesRow = (level: LevelName): string => `tables:${level.toLowerCase()}`;
export const TOP_TABLE_ROW = tablesRow('PGD');

/** The kernel objects with an id of `System`. */
export const kernelRow = (id: string): string => `kernel:${id}`;
export const KERNEL_STACK_ROW = kernelRow('kernel-stack');

/** The file pages of an object that stay as they are. */
export const sharedRow = (object: string): string => `shared:${object}`;
