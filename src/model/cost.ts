import type { Diagnostic } from '../binary/diagnostic.js';
import type { CLibraryId } from '../system/c-library.js';
import type { LevelName } from '../system/geometry.js';
import type { Reason } from './reasons.js';
import type { RuleId } from './rules.js';
import type { Runs } from './runs.js';
import type { LeftOut } from './what-if.js';

/**
 * How far to trust a number: it follows from the headers; it is a measured constant; it depends on
 * chance or on what is touched; at least this; a default. `unknown` comes without a number.
 */
export type Quality = 'exact' | 'measured' | 'range' | 'floor' | 'guess' | 'unknown';

/**
 * Where a row's bytes are paid: once per process (private, page-tables, kernel) or once per system
 * however many processes run (shared).
 */
export type Category = 'private' | 'page-tables' | 'kernel' | 'shared';

/** One line of the ledger. The known rows of the first three categories sum to the per-process cost. */
export interface Row {
  readonly id: string;
  readonly category: Category;
  readonly label: string;
  /** Whole pages; the nearest number where the bytes are a mean. Undefined where it does not apply or is not known. */
  readonly pages: number | undefined;
  /** A whole number of bytes; undefined where it is not known. */
  readonly bytes: number | undefined;
  /** Least and most bytes, where the number depends on chance or on what is not known. */
  readonly range: { readonly min: number; readonly max: number } | undefined;
  readonly quality: Quality;
  readonly rule: RuleId;
  /** The object the row is about (a file's name), where there is one. */
  readonly object: string | undefined;
  /** Which pages, and why. Empty where the row counts no pages, or none of them is known by place. */
  readonly reasons: readonly Reason[];
  /** What else there is to say of the number, in a few words. */
  readonly detail: string | undefined;
}

export type RegionKind =
  | 'code' // a PT_LOAD that cannot be written
  | 'data' // the file part of a writable PT_LOAD
  | 'bss' // the zero-filled part beyond it
  | 'heap'
  | 'allocator' // an allocator's own mapping
  | 'loader' // mappings of the dynamic loader
  | 'tls'
  | 'vdso'
  | 'stack';

/** A mapping of the process at the placement drawn. Page numbers are absolute. */
export interface Region {
  readonly id: string;
  readonly label: string;
  readonly kind: RegionKind;
  /** File name of the object it maps or belongs to. */
  readonly object: string | undefined;
  /**
   * Id of the ledger row that a private page of it belongs to, whether the estimate has such a page or
   * not; undefined where no page can be private.
   */
  readonly row: string | undefined;
  readonly firstPage: number;
  readonly pages: number;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly executable: boolean;
  /** Pages in RAM, and those of them that this process alone holds. Page numbers are absolute. */
  readonly resident: Runs;
  readonly private: Runs;
  /**
   * Bytes with a use, from the region's first byte on; the rest of a resident page is slack. Undefined where they
   * are not counted: what kernel, loader or allocator has on pages of its own.
   */
  readonly used: Runs | undefined;
}

/** The page tables of one level, at the placement drawn. */
export interface TableLevel {
  readonly name: LevelName;
  /** Tables of this level. */
  readonly tables: number;
  /** Entries in use in all of them. */
  readonly entriesUsed: number;
  readonly entriesPerTable: number;
  readonly tableBytes: number;
}

export interface PageTables {
  /** From the leaf to the top table, at the placement drawn. */
  readonly levels: readonly TableLevel[];
  /** Table pages without the top table over all placements, as Linux's VmPTE counts. */
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** Share of placements with each number of tables; ascending, sums to 1. One entry without randomisation. */
  readonly distribution: readonly { readonly tables: number; readonly share: number }[];
  /** Mean tables of each level, same order as `levels`. */
  readonly meanByLevel: readonly number[];
  /** Bytes of the entries in use, all levels, at the placement drawn: what the tables say. */
  readonly usedBytes: number;
  /** Bytes of all tables at the placement drawn. */
  readonly bytes: number;
}

export interface Fill {
  /** Bytes the program put a use to. */
  readonly usedBytes: number;
  /** Bytes paid for them. */
  readonly paidBytes: number;
}

/** What one more process costs, and where every byte of it is. */
export interface Cost {
  readonly system: string;
  readonly cLibrary: CLibraryId;
  /** Whether addresses are randomised. */
  readonly aslr: boolean;
  /** Ids of the what-ifs it is with. */
  readonly whatIfs: readonly string[];
  readonly pageSize: number;
  readonly perProcess: {
    readonly bytes: number;
    readonly privateBytes: number;
    readonly pageTableBytes: number;
    readonly kernelBytes: number;
  };
  readonly sharedOnceBytes: number;
  /** What the system's `ps` shows as VSZ; and as RSS when every page of the files is resident. */
  readonly addressSpaceBytes: number;
  readonly residentBytes: number;
  /** All of the process: own bytes in private pages against everything paid per process. */
  readonly fill: Fill;
  /** What malloc was asked for against the pages it took; undefined without heap requests. */
  readonly heapFill: Fill | undefined;
  readonly rows: readonly Row[];
  /** By ascending address, at the placement drawn. */
  readonly regions: readonly Region[];
  readonly pageTables: PageTables;
  /** True where a row's cost is unknown: every sum is then a lower bound. */
  readonly incomplete: boolean;
}

/** An estimate, or the reasons why there is no process to estimate. */
export interface Estimate {
  readonly cost: Cost | undefined;
  /** What-ifs that were asked for and are not part of it, and why. */
  readonly leftOut: readonly LeftOut[];
  readonly diagnostics: readonly Diagnostic[];
}
