import type { Runs } from './runs.js';
import type { Workload } from './workload.js';

/** What was found in live processes of one program, and what people should know of how. */
export interface Measurement {
  /** At least one. */
  readonly processes: readonly MeasuredProcess[];
  /** Sentences for people: processes left out and why, what could not be read. */
  readonly remarks: readonly string[];
}

/** What one live process held at one moment. Page numbers are absolute, sizes in bytes. */
export interface MeasuredProcess {
  readonly pid: number;
  readonly pageSize: number;
  readonly threads: number;
  /** All page tables but the top one (VmPTE). */
  readonly tableBytes: number;
  /** Written out to swap: private, but not in RAM now. */
  readonly swappedBytes: number;
  /** Whether its addresses were randomised; undefined where the kernel does not say. */
  readonly randomised: boolean | undefined;
  /** On top of its stack; undefined where it could not be read. */
  readonly environment: Workload['environment'] | undefined;
  /** By ascending address, without the kernel's own vsyscall page. */
  readonly regions: readonly MeasuredRegion[];
}

/** One region of a live process, as /proc/PID/smaps has it. */
export interface MeasuredRegion {
  readonly firstPage: number;
  readonly pages: number;
  /** "rw-p" and so on. */
  readonly access: string;
  /** Path, "[heap]", or empty. */
  readonly name: string;
  /** The program's object it maps, by the model's name for it; undefined for any other file, or none. */
  readonly object: string | undefined;
  readonly residentBytes: number;
  /** Of the private pages; where the kernel does not tell which those are, what it has as Private_Dirty. */
  readonly privateBytes: number;
  /** Pages in RAM, and those of them that this process alone holds; undefined where the kernel did not tell. */
  readonly present: Runs | undefined;
  readonly private: Runs | undefined;
}
