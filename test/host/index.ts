import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { runMocha } from '../../scripts/mocha.mjs';

/**
 * What VS Code calls in its extension host: runs every test file that was bundled beside this one.
 * What mocha prints goes into a file, since an extension host's console has everything else in it.
 */
export async function run(): Promise<void> {
  const { PAGECOST_TEST_RESULTS, PAGECOST_TEST_TIMEOUT, PAGECOST_TEST_GREP } = process.env;
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .map((name) => join(__dirname, name));
  const lines: string[] = [];
  const results = await runMocha(files, {
    timeout: Number(PAGECOST_TEST_TIMEOUT),
    grep: PAGECOST_TEST_GREP,
    print: (...line) => lines.push(format(...line)),
  });
  const report = lines.join('\n');
  writeFileSync(String(PAGECOST_TEST_RESULTS), JSON.stringify({ ...results, report }));
  if (results.failed > 0) throw new Error(`${results.failed} failed`);
}
