import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file in one step, in place of whatever has its name: a pipe that nobody reads would be waited
 * for, and a link would lead to another file.
 *
 * @throws as node:fs does
 */
export function replaceFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text, { flag: 'wx' });
  try {
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft);
    throw error;
  }
}
