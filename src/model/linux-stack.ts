import * as l10n from '@vscode/l10n';
import type { LinuxAddressSpace } from '../system/system.js';
import { anonymous, type Block, blockOf } from './mapping.js';
import { memoized } from './memoized.js';
import { STACK_ROW } from './row-ids.js';
import { coarsen, type Runs } from './runs.js';
import {
  STACK_VARIANTS,
  type StackContents,
  stackBytes,
  stackContents,
  stackDepth,
  stackPages,
} from './stack.js';
import type { Workload } from './workload.js';

/** A stack at rest, as it may be. */
export interface LinuxStack {
  /** In each of `STACK_VARIANTS`; in the first of them only, where nothing is randomised. */
  readonly variants: readonly StackVariant[];
  /** Pages in use over all gaps. */
  readonly pages: { readonly mean: number; readonly min: number; readonly max: number };
}

/** One stack of which hardly any is ever drawn: its block is made when it is asked for. */
export interface StackVariant {
  /** Pages of its region, and how many of them, up to its top, reach from the first in use to the last. */
  readonly pages: number;
  readonly depth: number;
  readonly block: () => Block;
}

/** The stack, which is the same for programs whose paths are as long and whose C library has as much on it. */
export const linuxStack = memoized(
  (
    { stackPages: pagesAtStart, ...space }: LinuxAddressSpace,
    frames: number,
    workload: Workload,
    aslr: boolean,
    pathBytes: number,
    wordSize: number,
    pageSize: number,
  ): LinuxStack => {
    const contents = stackContents(pathBytes, frames, workload, { wordSize, ...space });
    const furtherStrings = Math.ceil(contents.strings / pageSize) - 1; // setup_arg_pages adds to what they take
    const variants = Array.from({ length: aslr ? STACK_VARIANTS : 1 }, (_, variant) => {
      const depth = stackDepth(contents, variant, pageSize);
      const pages = Math.max(pagesAtStart + furtherStrings, depth);
      return { pages, depth, block: () => stackBlock(contents, variant, pages, pageSize) };
    });
    return { variants, pages: stackPages(contents, aslr, pageSize) };
  },
);

/** The stack's region with its contents, counted from its top, at the end of it. */
function stackBlock(
  contents: StackContents,
  variant: number,
  pages: number,
  pageSize: number,
): Block {
  const used = countedFrom(pages * pageSize, stackBytes(contents, variant));
  const area = { pages, guard: 0, written: coarsen(used, pageSize), used };
  const charge = { rule: 'stack', quality: 'floor', detail: undefined } as const;
  return blockOf([anonymous(STACK_ROW, l10n.t('Stack'), 'stack', area, charge)]);
}

/** Runs counted downwards from `end` as runs counted upwards. */
const countedFrom = (end: number, down: Runs): Runs => down.map((n) => end - n).reverse();
