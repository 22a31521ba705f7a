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

const MACHINES = `${FIXTURES}/machines`;
const COUNTERS = `${FIXTURES}/counters`;

/** Linux programs by the folder whose Makefile makes them, with what they need besides `make`. */
const COMPILED = [
  { directory: SAMPLE, name: 'tiny-nolibc', compiler: 'gcc' },
  { directory: SAMPLE, name: 'tiny-glibc', compiler: 'gcc' },
  { directory: SAMPLE, name: 'tiny-glibc-static', compiler: 'gcc' },
  { directory: SAMPLE, name: 'tiny-musl', compiler: 'musl-gcc' },
  { directory: SAMPLE, name: 'tiny-musl-dynamic', compiler: 'musl-gcc' },
  { directory: COUNTERS, name: 'counters', compiler: 'gcc' },
  { directory: MACHINES, name: 'bare-arm64', compiler: 'aarch64-linux-gnu-gcc' },
  { directory: MACHINES, name: 'bare-arm64-4k', compiler: 'aarch64-linux-gnu-gcc' },
  { directory: MACHINES, name: 'bare-i386', compiler: 'i686-linux-gnu-gcc' },
  { directory: MACHINES, name: 'bare-riscv64', compiler: 'riscv64-linux-gnu-gcc' },
  { directory: MACHINES, name: 'glibc-arm64', compiler: 'aarch64-linux-gnu-gcc' },
  { directory: MACHINES, name: 'glibc-i386', compiler: 'i686-linux-gnu-gcc' },
  { directory: MACHINES, name: 'glibc-riscv64', compiler: 'riscv64-linux-gnu-gcc' },
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

/** Runs the Makefiles; the sample's is what a user would run. @returns {Fixture[]} */
function compiledFixtures() {
  return COMPILED.flatMap(({ directory, name, compiler }) => {
    const missing = ['make', compiler].find((tool) => !runs(tool, ['--version']));
    if (missing) {
      console.log(`skipped  ${directory}/${name}: ${missing} is not installed`);
      return [];
    }
    const made = spawnSync('make', [
      '-s',
      '-C',
      join(ROOT, directory),
      `OUT=${scratch}`,
      join(scratch, name),
    ]);
    if (made.status !== 0) {
      console.log(`skipped  ${directory}/${name}: ${made.stderr}`);
      process.exitCode = 1;
      return [];
    }
    const bytes = readFileSync(join(scratch, name));
    // Only the sample's are for this machine.
    const executable = directory === SAMPLE;
    return [{ path: `${directory}/${name}`, bytes, executable, compiled: true }];
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
