import type { Diagnostic } from './binary/diagnostic.js';
import type { Cost } from './model/cost.js';
import type { Measurement } from './model/measurement.js';
import type { Program } from './model/program.js';
import { totalBytes } from './model/total.js';

/** Everything the extension host says to the panel. */
export type ToPanel =
  | {
      readonly kind: 'program';
      /** The file's URI as a string; the panel keeps it in its state, for a serializer to restore. */
      readonly uri: string;
      readonly fileName: string;
      /** Made by `encodeProgram`. */
      readonly program: string;
      readonly defaults: PanelDefaults;
      /** Why the libraries were not looked for, where they were not: the file is not on this machine. */
      readonly whyNoLibraries?: string;
    }
  | {
      readonly kind: 'unreadable';
      readonly uri: string;
      readonly fileName: string;
      readonly defaults: PanelDefaults;
      readonly diagnostics: readonly Diagnostic[];
    }
  | {
      /** A command asks for this many processes. It follows a `program`: there are choices to change. */
      readonly kind: 'processes';
      readonly processes: number;
    }
  | {
      /** A command asks for these what-ifs, in place of those chosen. It follows a `program`. */
      readonly kind: 'whatIfs';
      readonly whatIfs: readonly string[];
    }
  | {
      /** The user asks for the page of an address, as linked and in hexadecimal. It follows a `program`. */
      readonly kind: 'goTo';
      readonly address: string;
    }
  | {
      /** A command measures: its figures stand far below. It follows a `program`. */
      readonly kind: 'goToMeasured';
    }
  | {
      /** All of it, whenever any of it changes. */
      readonly kind: 'measuring';
      readonly state: MeasuringState;
    }
  | {
      /** All of it, whenever any of it changes. */
      readonly kind: 'comparing';
      readonly state: ComparingState;
    };

/** What was measured of a program's processes, and what is being done about it. */
export interface MeasuringState {
  /** Why nothing can be measured here. */
  readonly problem: string | undefined;
  /** Whether the user trusts the workspace, so that a program of it may be started. */
  readonly trusted: boolean;
  /** `following`: live processes are read again every few seconds; `running`: instances of our own. */
  readonly activity: 'none' | 'following' | 'running';
  readonly latest: TimedMeasurement | undefined;
  /** For people: what is being done, or why there is nothing, or nothing newer. */
  readonly message: string | undefined;
}

export interface TimedMeasurement {
  readonly measurement: Measurement;
  /** When, in ms since 1970. */
  readonly time: number;
}

/** What the program shown is compared with. */
export interface ComparingState {
  /** Undefined while there is nothing else to compare with than the build shown. */
  readonly base: Base | undefined;
  /** `Base.time` of the build that later ones are compared with; undefined before there is one. */
  readonly pinned: number | undefined;
}

/** Another program, or another build or version of the one shown. */
export interface Base {
  readonly kind: 'build' | 'file' | 'commit';
  /** That of its file, as a string. */
  readonly uri: string;
  readonly fileName: string;
  /** Made by `encodeProgram`. */
  readonly program: string;
  /** When its file was last written or, where that is not known, read; in ms since 1970. */
  readonly time: number;
  /** Why the libraries were not looked for, where they were not. */
  readonly whyNoLibraries: string | undefined;
}

/** What the user's settings say, for a panel that has no state of its own yet. */
export interface PanelDefaults {
  readonly processes: number;
  /** True where not said. */
  readonly aslr?: boolean;
}

/** Everything the panel says to the extension host. It answers nothing; a new message comes instead. */
export type FromPanel =
  | {
      readonly kind: 'ready';
      /** What the panel compared with in its last life. */
      readonly kept: KeptBase | undefined;
    }
  | { readonly kind: 'openSections' }
  | { readonly kind: 'openHex' }
  | { readonly kind: 'copy'; readonly text: string }
  | {
      /** Shows text of ours, a script, in a document beside the panel. */
      readonly kind: 'openSnippet';
      /** As VS Code names languages; one that is not installed is plain text. */
      readonly language: string;
      readonly text: string;
    }
  | { readonly kind: 'measureRunning' }
  | {
      readonly kind: 'runAndMeasure';
      /** Whether the estimate shown has randomised addresses: the instances get them likewise. */
      readonly aslr: boolean;
    }
  | { readonly kind: 'stopMeasuring' }
  | { readonly kind: 'manageTrust' }
  | { readonly kind: 'compareWith' }
  | {
      /** The build shown is the one to compare with from here on. */
      readonly kind: 'pinBuild';
    }
  | {
      /** The cost as it is, without what-ifs; undefined where there is no process to estimate. */
      readonly kind: 'estimated';
      readonly figure: Figure | undefined;
    };

/** An estimate in one line, in bytes: what the status bar shows. */
export interface Figure {
  readonly perProcessBytes: number;
  readonly totalBytes: number;
  readonly processes: number;
  /** True where both are lower bounds. */
  readonly incomplete: boolean;
}

export const figureOf = (cost: Cost, processes: number): Figure => ({
  perProcessBytes: cost.perProcess.bytes,
  totalBytes: totalBytes(cost, processes),
  processes,
  incomplete: cost.incomplete,
});

/**
 * What the panel keeps over a reload (`setState`): choices, next to nothing computed. Text of fields is kept
 * as typed. A panel serializer reads `uri` of it.
 */
export interface PanelState {
  readonly uri: string;
  readonly processes: number;
  /** Undefined for the system detected. */
  readonly systemId: string | undefined;
  readonly aslr: boolean;
  readonly ram: string;
  readonly heap: string;
  readonly written: boolean;
  /** Bytes of stack, and percent of bss, in use; empty where nobody says. */
  readonly stack: string;
  readonly bss: string;
  /** Ids of the what-ifs chosen, in any order, those that do not apply to this program among them. */
  readonly whatIfs: readonly string[];
  /** Ids of everything that is open. */
  readonly expanded: readonly string[];
  /** How far the panel is scrolled down, in CSS pixels. */
  readonly scrollTop?: number;
  /** What the program is compared with, whole: an earlier build is nowhere else. */
  readonly base?: Base | undefined;
  /** Of Pagecost; another is not sure to understand the base. */
  readonly version?: string;
}

/** What a program, at a URI, was compared with. */
export interface KeptBase {
  readonly uri: string;
  readonly base: Base;
}

/** A bigint in JSON. Names from a file are values and never keys here, so none can pass for this. */
const BIG = '$big';

/** A program as text, for the panel. */
export const encodeProgram = (program: Program): string =>
  JSON.stringify(program, (_key, value: unknown) =>
    typeof value === 'bigint' ? { [BIG]: String(value) } : value,
  );

/** The program again. A property that was undefined is now absent, which reads the same. */
export function decodeProgram(text: string): Program {
  return JSON.parse(text, (_key, value: unknown) => {
    const digits = isObject(value) ? value[BIG] : undefined;
    return typeof digits === 'string' ? BigInt(digits) : value;
  }) as Program;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
