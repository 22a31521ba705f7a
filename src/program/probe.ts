import { statSync } from 'node:fs';
import { computedOnce, type SystemFiles } from './file-cache.js';
import { identityOf } from './file-identity.js';
import { alignsHuge } from './file-system.js';

/** Looks at paths without opening them, and only so often: search paths come from the file. */
export interface Probe {
  /** Device and inode of a regular file: the same for two paths to one file. */
  fileIdentity(path: string): string | undefined;
  /** Remembered: search paths meet the same directories for each library. */
  isDirectory(path: string): boolean;
  /**
   * Of a file that was looked at, whether the kernel aligns large mappings of it to huge pages; undefined where
   * that is not known. Below a sysroot it is not: the files are a copy, and the system has them on something else.
   */
  alignsHuge(path: string): boolean | undefined;
  /** Whether the limit was reached; from then on nothing is found. */
  readonly exhausted: boolean;
}

/** What a path leads to. */
export type FileKind = RegularFile | 'directory';

export interface RegularFile {
  /** Device and inode. */
  readonly identity: string;
  readonly device: bigint;
  /** Size and times, which are others when it has been written. */
  readonly version: string;
  /** When it was last changed in any way, in ms since 1970. */
  readonly changed: number;
}

/** @param limit of paths looked at, whether or not what is there is known */
export function createProbe(limit: number, { root, kinds, devices }: SystemFiles): Probe {
  const directories = new Map<string, boolean>();
  let left = limit;
  const look = (path: string) => {
    if (left <= 0) return undefined;
    left--;
    return computedOnce(kinds, path, () => {
      const file = root.follow(path);
      return file === undefined ? undefined : lookAt(file);
    });
  };
  return {
    fileIdentity(path) {
      const kind = look(path);
      return typeof kind === 'object' ? kind.identity : undefined;
    },
    isDirectory: (path) => computedOnce(directories, path, () => look(path) === 'directory'),
    alignsHuge(path) {
      const kind = kinds.get(path);
      if (root.sysroot !== undefined || typeof kind !== 'object') return undefined;
      return computedOnce(devices, kind.device, () => alignsHuge(path));
    },
    get exhausted() {
      return left <= 0;
    },
  };
}

/** Undefined where nothing is, or what no loader takes. */
export function lookAt(path: string): FileKind | undefined {
  try {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (stat?.isFile()) {
      return {
        identity: identityOf(stat),
        device: stat.dev,
        version: `${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`,
        changed: Number(stat.ctimeMs),
      };
    }
    return stat?.isDirectory() ? 'directory' : undefined;
  } catch {
    return undefined; // no permission, too long, not a directory: not there for a loader either
  }
}
