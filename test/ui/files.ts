import { copyFileSync, cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.mjs';

const SAMPLE = join(ROOT, 'sample');

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/**
 * A new folder, which is gone when the tests are.
 * @param from a folder of the repository, of which it is a copy; empty without
 */
export function temporaryFolder(from?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'pagecost-folder-'));
  folders.push(folder);
  if (from) cpSync(join(ROOT, from), folder, { recursive: true });
  return folder;
}

/** Writes a program of the sample to a path, as a Makefile does it: it is there at once. */
export function build(name: string, path: string): void {
  copyFileSync(join(SAMPLE, name), `${path}.new`);
  renameSync(`${path}.new`, path);
}
