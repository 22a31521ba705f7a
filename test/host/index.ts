import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { runMocha } from '../../scripts/mocha.mjs';

/**
 * What VS Code calls in its extension host: runs every test file that was bundled beside this one, in
 * the order of their names.
 * What mocha prints goes into a file, since an extension host's console has everything else in it.
 */
export async function run(): Promise<void> {
  const { results, timeout, grep } = JSON.parse(String(process.env.PAGECOST_TEST));
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .sort()
    .map((name) => join(__dirname, name));
  const lines: string[] = [];
  const print = (...line: unknown[]) => lines.push(format(...line));
  const counts = await runMocha(files, { timeout, grep, print });
  writeFileSync(results, JSON.stringify({ ...counts, report: lines.join('\n') }));
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
}
