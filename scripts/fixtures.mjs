/**
 * Makes the binaries that are committed: the sample workspace's and the tests' fixtures.
 *
 *   node scripts/fixtures.mjs           writes them in place
 *   node scripts/fixtures.mjs --check   compares them with what it would write; fails where a file
 *                                       that needs no compiler differs
 *
 * The same tools give the same bytes. Another compiler gives other Linux samples: commit those only
 * on purpose, since tests know their numbers.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freebsdImages } from './fixtures-freebsd.mjs';
import { hostileImages } from './fixtures-hostile.mjs';
import { loadTypeScript } from './load-typescript.mjs';
import { ROOT } from './root.mjs';

const SAMPLE = 'sample';
const FIXTURES = 'test/fixtures';

/** Linux samples, with what they need besides `make`. */
const COMPILED = [
  { name: 'tiny-nolibc', compiler: 'gcc' },
  { name: 'tiny-glibc', compiler: 'gcc' },
  { name: 'tiny-glibc-static', compiler: 'gcc' },
  { name: 'tiny-musl', compiler: 'musl-gcc' },
  { name: 'tiny-musl-dynamic', compiler: 'musl-gcc' },
];

/**
 * A file to be committed, and its place in the repository.
 * @typedef {{ path: string, bytes: Uint8Array, executable: boolean, compiled: boolean }} Fixture
 */

const scratch = mkdtempSync(join(tmpdir(), 'pagecost-fixtures-'));
try {
  const fixtures = [...(await writtenFixtures()), ...compiledFixtures()];
  if (process.argv.includes('--check')) process.exitCode = check(fixtures);
  else write(fixtures);
} finally {
  rmSync(scratch, { recursive: true });
}

/** @returns {Promise<Fixture[]>} */
async function writtenFixtures() {
  const { buildElf } = await loadTypeScript('test/support/elf-builder.ts');
  const fixtures = (directory, specs, executable) =>
    Object.entries(specs).map(([name, spec]) => ({
      path: `${directory}/${name}`,
      bytes: buildElf(spec),
      executable,
      compiled: false,
    }));
  return [
    // Not executable where they are: no Linux runs them.
    ...fixtures(SAMPLE, freebsdImages(), false),
    ...fixtures(FIXTURES, hostileImages(), false),
  ];
}

/** Runs the sample's Makefile, which is what a user would run. @returns {Fixture[]} */
function compiledFixtures() {
  return COMPILED.flatMap(({ name, compiler }) => {
    const missing = ['make', compiler].find((tool) => !runs(tool, ['--version']));
    if (missing) {
      console.log(`skipped  ${SAMPLE}/${name}: ${missing} is not installed`);
      return [];
    }
    const made = spawnSync('make', [
      '-s',
      '-C',
      join(ROOT, SAMPLE),
      `OUT=${scratch}`,
      join(scratch, name),
    ]);
    if (made.status !== 0) {
      console.log(`skipped  ${SAMPLE}/${name}: ${made.stderr}`);
      process.exitCode = 1;
      return [];
    }
    const bytes = readFileSync(join(scratch, name));
    return [{ path: `${SAMPLE}/${name}`, bytes, executable: true, compiled: true }];
  });
}

function runs(tool, args) {
  return spawnSync(tool, args).status === 0;
}

/** @param {Fixture[]} fixtures */
function write(fixtures) {
  for (const { path, bytes, executable } of fixtures) {
    const state = Buffer.from(bytes).equals(stored(path)) ? 'same' : 'written';
    mkdirSync(join(ROOT, dirname(path)), { recursive: true });
    writeFileSync(join(ROOT, path), bytes);
    chmodSync(join(ROOT, path), executable ? 0o755 : 0o644);
    console.log(`${state.padEnd(8)} ${path}: ${bytes.length} bytes`);
  }
}

/** @param {Fixture[]} fixtures @returns {number} exit code */
function check(fixtures) {
  let code = 0;
  for (const { path, bytes, compiled } of fixtures) {
    const same = Buffer.from(bytes).equals(stored(path));
    if (!same && !compiled) code = 1;
    const why = compiled ? 'differs (another compiler?)' : 'DIFFERS';
    console.log(`${(same ? 'same' : why).padEnd(8)} ${path}`);
  }
  return code;
}

function stored(path) {
  try {
    return readFileSync(join(ROOT, path));
  } catch (error) {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
