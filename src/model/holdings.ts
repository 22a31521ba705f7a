import { type Block, type Charge, type Mapping, mostResident } from './mapping.js';
import { memoized } from './memoized.js';
import { count } from './runs.js';

/** What a block adds to the cost of any process that has it: a library's is the same in thousands of programs. */
export interface Holdings {
  /** Pages that the process alone holds, by the row they are charged to. */
  readonly charged: readonly { readonly charge: Charge; readonly pages: number }[];
  /** Pages that other processes of the program have, too, by object. */
  readonly shared: readonly { readonly object: string; readonly pages: number }[];
  readonly regions: number;
  /** Regions that were one when first written share one. */
  readonly anonVmas: number;
  /** Regions that have one: a part that was split off later keeps its tie to it. */
  readonly anonymousRegions: number;
}

export const holdingsOf = memoized(({ mappings }: Block): Holdings => {
  const charged = new Map<Charge, number>();
  const sharedPages = new Map<string, number>();
  const written = new Set<string>();
  for (const mapping of mappings) {
    const { charge, object, origin, private: pages } = mapping;
    // Parts of a split region have one and the same charge.
    if (charge && pages.length > 0) charged.set(charge, (charged.get(charge) ?? 0) + count(pages));
    if (object !== undefined) {
      sharedPages.set(object, (sharedPages.get(object) ?? 0) + sharedWith(mapping));
    }
    if (pages.length > 0) written.add(origin);
  }
  return {
    charged: [...charged].map(([charge, pages]) => ({ charge, pages })),
    shared: [...sharedPages].map(([object, pages]) => ({ object, pages })),
    regions: mappings.length,
    anonVmas: written.size,
    anonymousRegions: mappings.filter(({ origin }) => written.has(origin)).length,
  };
});

/**
 * Pages of a mapping that may be in RAM and that other processes of the program have, too: all but
 * the private ones.
 */
export const sharedWith = (mapping: Mapping): number =>
  count(mostResident(mapping)) - count(mapping.private);
