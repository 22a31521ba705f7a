import { statSync } from 'node:fs';
import type { SystemRoot } from './sysroot.js';

/** Looks at paths without opening them, and only so often: search paths come from the file. */
export interface Probe {
  /** Device and inode of a regular file: the same for two paths to one file. */
  fileIdentity(path: string): string | undefined;
  /** Remembered: search paths meet the same directories for each library. */
  isDirectory(path: string): boolean;
  /** Whether the limit was reached; from then on nothing is found. */
  readonly exhausted: boolean;
}

export function createProbe(limit: number, root: SystemRoot): Probe {
  const directories = new Map<string, boolean>();
  let left = limit;
  const stat = (path: string) => {
    if (left <= 0) return undefined;
    left--;
    const file = root.follow(path);
    if (file === undefined) return undefined;
    try {
      return statSync(file, { bigint: true, throwIfNoEntry: false });
    } catch {
      return undefined; // no permission, too long, not a directory: not there for a loader either
    }
  };
  return {
    fileIdentity(path) {
      const file = stat(path);
      return file?.isFile() ? `${file.dev}:${file.ino}` : undefined;
    },
    isDirectory(path) {
      let is = directories.get(path);
      if (is === undefined) {
        is = stat(path)?.isDirectory() ?? false;
        directories.set(path, is);
      }
      return is;
    },
    get exhausted() {
      return left <= 0;
    },
  };
}
