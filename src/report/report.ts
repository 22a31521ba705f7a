import type { Diagnostic } from '../binary/diagnostic.js';
import type { Category, Cost, Fill, PageTables, Quality } from '../model/cost.js';
import type { MayBe } from '../model/cost-difference.js';
import type { Why } from '../model/reasons.js';
import type { Rule, RuleId } from '../model/rules.js';
import type { LeftOut } from '../model/what-if.js';
import type { CLibraryId } from '../system/c-library.js';
import type { LevelName } from '../system/geometry.js';
import type { PageFacts } from './page-facts.js';

/**
 * What there is to say of one file: plain data, from which the text is written and which is the JSON
 * document (media/pagecost.schema.json). Names are as the file has them. Bytes, pages and tables
 * are whole numbers; what does not apply or is not known is null, never 0.
 */
export type Report = CostReport | RefusalReport;

/** The version goes up when a field changes its meaning or leaves; new fields may come any time. */
export const FORMAT = 'pagecost/1';

export interface CostReport extends SumFacts {
  readonly format: typeof FORMAT;
  readonly program: ProgramFacts;
  /** Identifier, as `--system` takes it, and name. */
  readonly system: string;
  readonly systemName: string;
  readonly aslr: boolean;
  readonly pageBytes: number;
  /** What was said of the program's work; null where nothing was. */
  readonly workload: {
    readonly heap: readonly number[] | null;
    readonly heapWritten: boolean;
    readonly stackBytes: number;
    /** A share, 0 to 1. */
    readonly bssTouched: number | null;
  };
  /** Identifiers of the what-ifs that all of this is with. */
  readonly whatIfs: readonly string[];
  /** Those that were asked for and that it is not with. */
  readonly leftOut: readonly LeftOut[];
  /** What it is without any; null where there are none. */
  readonly without: (SumFacts & SavingFacts) | null;
  readonly processes: number;
  readonly addressSpaceBytes: number;
  readonly residentBytes: number;
  readonly fill: Fill;
  readonly heapFill: Fill | null;
  readonly pageTables: PageTableFacts;
  readonly rows: readonly RowFacts[];
  /** The rules that rows refer to. */
  readonly rules: Readonly<Partial<Record<RuleId, Rule>>>;
  readonly diagnostics: readonly DiagnosticFacts[];
}

export interface SumFacts {
  readonly perProcess: Cost['perProcess'];
  readonly sharedOnceBytes: number;
  /** sharedOnceBytes + processes × perProcess.bytes */
  readonly totalBytes: number;
  /** True where a row's bytes are not known, so that the sums are lower bounds. */
  readonly incomplete: boolean;
}

export interface SavingFacts {
  /** What the saving may be in truth; null where no more is unknown with what-ifs than without, nor less. */
  readonly savingMayBe: MayBe;
}

/** A file that no process can be made of; the first diagnostic without a place says why. */
export interface RefusalReport {
  readonly format: typeof FORMAT;
  readonly program: ProgramFacts;
  readonly diagnostics: readonly DiagnosticFacts[];
}

/** Null where the file could not be read so far. */
export interface ProgramFacts {
  readonly path: string;
  readonly format: 'elf' | null;
  readonly class: 32 | 64 | null;
  readonly machine: string | null;
  readonly type: string | null;
  /** Null of a library, too. */
  readonly linkage: 'static' | 'dynamic' | null;
  readonly libc: CLibraryId | null;
  /** Path of the dynamic loader that the program asks for. */
  readonly interpreter: string | null;
  readonly libraries: readonly { readonly name: string; readonly path: string }[];
  /** Libraries, or the loader, that are needed and were not found. */
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
}

export interface PageTableFacts {
  /** Tables of each level at the placement drawn; null where the machine has no such level. */
  readonly pte: number | null;
  readonly pmd: number | null;
  readonly pud: number | null;
  readonly p4d: number | null;
  readonly pgd: number | null;
  /** What Linux shows as VmPTE: all tables but the top one, the mean over placements. */
  readonly vmPteBytes: number;
  /** Number of tables but the top one, over all placements. */
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly distribution: PageTables['distribution'];
  /** Bytes of entries in use, and of all tables, at the placement drawn. */
  readonly usedBytes: number;
  readonly bytes: number;
  readonly levels: readonly LevelFacts[];
}

export interface LevelFacts {
  readonly name: LevelName;
  readonly tables: number;
  readonly meanTables: number;
  readonly entriesUsed: number;
  readonly entriesPerTable: number;
  readonly tableBytes: number;
}

export interface RowFacts {
  readonly id: string;
  readonly category: Category;
  readonly label: string;
  readonly object: string | null;
  readonly pages: number | null;
  readonly bytes: number | null;
  readonly range: { readonly min: number; readonly max: number } | null;
  readonly quality: Quality;
  readonly rule: RuleId;
  readonly detail: string | null;
  /** Which pages, and why; empty where they are not known one by one. */
  readonly reasons: readonly ReasonFacts[];
}

/**
 * The pages that are private for one reason, at addresses as the object is linked; of memory that is no
 * object's, counted from where that begins. A page may be private for several reasons.
 */
export interface ReasonFacts extends PageFacts {
  readonly why: Why;
}

export interface DiagnosticFacts {
  readonly code: Diagnostic['code'];
  /** Byte in the file. */
  readonly offset: number | null;
  readonly message: string;
}
