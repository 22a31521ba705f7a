import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { DifferenceReport } from '../../src/report/difference-report.js';
import type { CostReport } from '../../src/report/report.js';
import type { WhatIfsReport } from '../../src/report/what-ifs-report.js';

/** What the command says of a file, as JSON. */
export const estimate = (path: string, ...options: readonly string[]): CostReport =>
  pagecost('--json', ...options, path);

/** What `pagecost diff` says of two files, as JSON. */
export const diff = (...args: readonly string[]): DifferenceReport =>
  pagecost('diff', '--json', ...args);

/** What `pagecost what-if` says of a file, as JSON. */
export const whatIfsOf = (path: string): WhatIfsReport => pagecost('what-if', '--json', path);

function pagecost(...args: readonly string[]) {
  const done = spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  return JSON.parse(done.stdout);
}
