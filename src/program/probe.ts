import { statSync } from 'node:fs';

/** Looks at paths without opening them, and only so often: search paths come from the file. */
export interface Probe {
  isFile(path: string): boolean;
  /** Remembered: search paths meet the same directories for each library. */
  isDirectory(path: string): boolean;
  /** Whether the limit was reached; from then on nothing is found. */
  readonly exhausted: boolean;
}

export function createProbe(limit: number): Probe {
  const directories = new Map<string, boolean>();
  let left = limit;
  const stat = (path: string) => {
    if (left <= 0) return undefined;
    left--;
    try {
      return statSync(path, { throwIfNoEntry: false });
    } catch {
      return undefined; // no permission, too long, not a directory: not there for a loader either
    }
  };
  return {
    isFile: (path) => stat(path)?.isFile() ?? false,
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
