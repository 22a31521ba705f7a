import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a command is, along PATH; undefined where it is not installed. */
export const pathCommand = (name: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((directory) => directory.startsWith('/'))
    .map((directory) => join(directory, name))
    .find(isExecutable);

/** Whether this user may execute the file. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
