import type { Block, Charge, Mapping } from './mapping.js';
import { remembered } from './remembered.js';
import { count } from './runs.js';

/** What a block adds to the cost of any process that has it: a library's is the same in thousands of programs. */
export interface Holdings {
  /** Pages that the process alone holds, by the row they are charged to. */
  readonly charged: readonly { readonly charge: Charge; readonly pages: number }[];
  /** Pages that other processes of the program have, too, by object. */
  readonly shared: readonly { readonly object: string; readonly pages: number }[];
  /** Regions by what they were one with when first written, and whether they were. */
  readonly origins: readonly {
    readonly origin: string;
    readonly regions: number;
    readonly written: boolean;
  }[];
}

export const holdingsOf = remembered(({ mappings }: Block): Holdings => {
  const charged = new Map<Charge, number>();
  const sharedPages = new Map<string, number>();
  const origins = new Map<string, { regions: number; written: boolean }>();
  for (const mapping of mappings) {
    const { charge, object, origin, private: pages } = mapping;
    // Parts of a split region have one and the same charge.
    if (charge && pages.length > 0) charged.set(charge, (charged.get(charge) ?? 0) + count(pages));
    if (object !== undefined) {
      sharedPages.set(object, (sharedPages.get(object) ?? 0) + sharedWith(mapping));
    }
    const before = origins.get(origin);
    origins.set(origin, {
      regions: (before?.regions ?? 0) + 1,
      written: before?.written || pages.length > 0,
    });
  }
  return {
    charged: [...charged].map(([charge, pages]) => ({ charge, pages })),
    shared: [...sharedPages].map(([object, pages]) => ({ object, pages })),
    origins: [...origins].map(([origin, rest]) => ({ origin, ...rest })),
  };
});

/** Pages of a mapping in RAM that other processes of the program have, too: all but the private ones. */
export const sharedWith = (mapping: Mapping): number =>
  count(mapping.resident) - count(mapping.private);
