/**
 * What reading and estimating takes on this machine, as a table: `npm run bench`.
 *
 * Times are medians of several rounds with the files in the page cache: of reading, over all ELF files
 * of /usr/bin and /usr/lib, which external tools get as one list in one process; of estimating, over
 * a sample of the programs, and of one with very many libraries, which the panel then shows in a browser.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { contest } from '../test/bench/contest.mjs';
import { longestWait } from '../test/bench/longest-wait.mjs';
import { openPanelPage, timePanel } from '../test/bench/panel-page.mjs';
import { peakMemory } from '../test/bench/peak-memory.mjs';
import { build } from './build.mjs';
import { loadTypeScript } from './load-typescript.mjs';
import { ROOT } from './root.mjs';
import { installNode } from './vscode/install.mjs';

const ROUNDS = 7;
/** An estimate reads all of a program's libraries as well, so these are fewer. */
const PROGRAMS = 60;
const ESTIMATE_ROUNDS = 3;
const RANKING_ROUNDS = 5;
const SYMBOLS = 1_000_000;
/** A hover is code that has seldom run: with many more, it would be another code. */
const HOVERS = 20;
const MANY_LIBRARIES = '/usr/bin/gdb';
const MANY_LIBRARIES_ROUNDS = 20;
const ACTIVATION_TEST = 'loads one file';

const product = await loadTypeScript(
  'src/binary/elf.ts',
  'src/binary/elf-symbol-index.ts',
  'src/model/estimate.ts',
  'src/model/workload.ts',
  'src/program/load-program.ts',
  'src/program/open-file.ts',
  'src/protocol.ts',
  'src/report/code-hints.ts',
  'src/report/code-word.ts',
  'test/support/elf-builder.ts',
  'test/support/elf-files.ts',
  'test/support/sparse-elf.ts',
  'test/support/symbol-table.ts',
);
const bundles = await build();

console.log(`${new Date().toISOString()}, Node.js ${process.version}, Linux ${release()}`);
readers();
symbols();
estimates();
rankings();
manyLibraries();
await panel();
waits();
memory();
sizes();
activation();

function readers() {
  const files = product.elfFiles(product.SYSTEM_DIRECTORIES);
  const each = (read) => () => {
    for (const path of files) product.withFile(path, ({ source }) => read(source));
  };
  const times = contest(
    {
      'our headers': each(product.readElfHeaders),
      'our whole read': each(product.readElf),
      ...tool('readelf', ['-lSW'], files),
      ...tool('llvm-readelf', ['-l', '-S'], files),
    },
    ROUNDS,
  );
  table(`Reading ${files.length} ELF files`, times, files.length);
}

/** A tool's work on all the files; nothing where it is not installed, which the table then shows. */
function tool(name, options, files) {
  if (spawnSync(name, ['--version']).error) return {};
  const title = `${name} ${options.join(' ')}`;
  return { [title]: () => spawnSync(name, [...options, ...files], { stdio: 'ignore' }) };
}

/** The index that hovers in code need, beside a tool that prints as many names without sorting them. */
function symbols() {
  const directory = mkdtempSync(join(tmpdir(), 'pagecost-bench-'));
  const path = join(directory, 'symbols');
  try {
    writeFileSync(path, manySymbols());
    const indexOf = ({ source }) => product.readSymbolIndex(source, product.readElf(source).binary);
    const ways = {
      'our index, and a name': () =>
        product.withFile(path, (file) => indexOf(file).lookup('global_variable_0')),
      ...tool('nm', ['-p'], [path]),
    };
    const hover = { 'a hover after that': hoverIn(path, indexOf) };
    const times = { ...contest(ways, ROUNDS), ...contest(hover, HOVERS) };
    table(`Indexing ${SYMBOLS} symbols`, times, 1);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** From a line of code to what the hover says, each time of another of the million variables. */
function hoverIn(path, indexOf) {
  const { value: index } = product.withFile(path, indexOf);
  const { program } = product.loadProgram(path);
  const conditions = { system: undefined, workload: product.START_UP, aslr: true };
  const { cost } = product.estimate(program, conditions);
  const source = { name: 'main.c', goPackage: undefined };
  let variable = 0;
  return () => {
    variable = (variable + 7919) % SYMBOLS;
    const line = `  return table[i] + global_variable_${variable};`;
    const word = product.codeWordAt(line, 30, true);
    product.codeHints(word, { program, cost, index }, source, undefined, 10_000);
  };
}

function manySymbols() {
  const encoding = { class: 64, littleEndian: true };
  const named = Array.from({ length: SYMBOLS }, (_, i) => ({
    name: `global_variable_${i}`,
    address: 0x400000 + i * 8,
    size: 8,
  }));
  const content = new Uint8Array(SYMBOLS * 8);
  const data = { name: '.data', flags: 3, address: 0x400000, size: content.length };
  const segments = [{ flags: 6, address: 0x400000, content }];
  const sections = [data, ...product.symbolSections(named, encoding, 2)];
  return product.buildElf({ ...encoding, machine: 62, segments, sections });
}

function estimates() {
  const files = product.sampleOf(product.elfFiles(['/usr/bin']), PROGRAMS);
  const conditions = { system: undefined, workload: product.START_UP, aslr: true };
  const times = contest(
    {
      'program with its libraries': () => {
        for (const path of files) product.loadProgram(path);
      },
      'and the estimate': () => {
        for (const path of files) {
          const { program } = product.loadProgram(path);
          if (program) product.estimate(program, conditions);
        }
      },
    },
    ESTIMATE_ROUNDS,
  );
  table(`Estimating ${files.length} programs`, times, files.length);
}

/** With object files, of which those who print sections have the most to print, and we nothing to do; and without. */
function rankings() {
  const files = product.elfFiles(product.SYSTEM_DIRECTORIES);
  ranking('ELF files, and looking for them', files, product.SYSTEM_DIRECTORIES);
  ranking('that are no object files', files.filter(isNoObject));
}

function isNoObject(path) {
  const read = product.withFile(path, ({ source }) => product.readElfHeaders(source).binary?.type);
  return read.value !== 'relocatable';
}

/** The command, which estimates each program, beside tools that print headers or add them up: the same list. */
function ranking(what, files, directories) {
  const cached = mkdtempSync(join(tmpdir(), 'pagecost-bench-'));
  // A file stands where the cache would be: each ranking is the first.
  const nowhere = join(cached, 'file');
  writeFileSync(nowhere, '');
  const rank =
    (named, cache, node = process.execPath) =>
    () =>
      spawnSync(node, [join(ROOT, 'dist/cli.js'), 'rank', ...named], {
        stdio: 'ignore',
        env: { ...process.env, XDG_CACHE_HOME: cache },
      });
  const times = contest(
    {
      'pagecost rank FILE...': rank(files, nowhere),
      'by the Node.js of VS Code': rank(files, nowhere, installNode()),
      'the same once more': rank(files, cached),
      ...tool('readelf', ['-lSW'], files),
      ...tool('llvm-readelf', ['-l', '-S'], files),
      ...tool('size', [], files),
      ...(directories && { 'pagecost rank DIRECTORY...': rank(directories, nowhere) }),
    },
    RANKING_ROUNDS,
  );
  rmSync(cached, { recursive: true });
  table(`Ranking ${files.length} ${what}`, times, files.length);
}

/** Beside the dynamic loader, which finds and maps the same libraries, and readelf on the same files. */
function manyLibraries() {
  const path = withManyLibraries();
  const { program } = product.loadProgram(path);
  if (!program?.interpreter) return;
  const { interpreter, libraries } = program;
  const files = [path, interpreter.path, ...libraries.map((library) => library.path)];
  const conditions = { system: undefined, workload: product.START_UP, aslr: true };
  const times = contest(
    {
      'program with its libraries': () => product.loadProgram(path),
      'and the estimate': () => product.estimate(product.loadProgram(path).program, conditions),
      'ld.so --list': () => spawnSync(interpreter.path, ['--list', path], { stdio: 'ignore' }),
      ...tool('readelf', ['-lSW'], files),
    },
    MANY_LIBRARIES_ROUNDS,
  );
  table(`Estimating ${path}, ${libraries.length} libraries`, times, files.length);
}

/** How long it keeps a browser busy: there are 16.7 ms in a frame. */
async function panel() {
  const path = withManyLibraries();
  const { program } = product.loadProgram(path);
  const folder = mkdtempSync(join(tmpdir(), 'pagecost-bench-'));
  const shown = await openPanelPage(folder, product.encodeProgram(program), 'bench');
  try {
    const { script, move, longest, all, whatIfs } = await timePanel(shown.page);
    console.log(`\nThe panel in Chromium, ${path}, ${program.libraries.length} libraries`);
    for (const [name, ms] of [
      ['another process count', script],
      ['with its layout', move],
      [`${whatIfs} what-ifs, another condition`, all],
      ['without an answer meanwhile, at most', longest],
    ]) {
      console.log(`  ${name.padEnd(38)} ${`${ms.toFixed(2)} ms`.padStart(10)}`);
    }
  } finally {
    await shown.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function withManyLibraries() {
  return existsSync(MANY_LIBRARIES) ? MANY_LIBRARIES : mostLibraries();
}

function mostLibraries() {
  const counts = product.elfFiles(['/usr/bin']).map((path) => {
    const { program } = product.loadProgram(path);
    return { path, count: program?.libraries.length ?? 0 };
  });
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).path;
}

/** @param {Record<string, number>} times milliseconds for all files */
function table(title, times, files) {
  const reference = times['readelf -lSW'];
  console.log(`\n${title.padEnd(36)}    total   per file${reference ? '   to readelf' : ''}`);
  for (const [name, ms] of Object.entries(times)) {
    const total = `${ms.toFixed(0)} ms`.padStart(8);
    const each = `${((ms * 1000) / files).toFixed(1)} µs`.padStart(10);
    const ratio = reference ? `${(ms / reference).toFixed(2)} ×`.padStart(12) : '';
    console.log(`  ${name.padEnd(34)} ${total} ${each} ${ratio}`);
  }
}

/** What an extension host is kept from, which all extensions share. */
function waits() {
  const directory = mkdtempSync(join(tmpdir(), 'pagecost-bench-'));
  const symbols = join(directory, 'symbols');
  try {
    writeFileSync(symbols, manySymbols());
    console.log(
      '\nLongest wait for the thread while a program is read, indexed and first estimated',
    );
    for (const [name, path] of [
      ["Node.js's own binary", process.execPath],
      [MANY_LIBRARIES, MANY_LIBRARIES],
      [`one of ${SYMBOLS} symbols`, symbols],
    ]) {
      if (!existsSync(path)) continue;
      console.log(`  ${name.padEnd(34)} ${`${longestWait(path).toFixed(0)} ms`.padStart(8)}`);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function memory() {
  const cli = join(ROOT, 'dist/cli.js');
  const directory = mkdtempSync(join(tmpdir(), 'pagecost-bench-'));
  const sparse = join(directory, 'sparse');
  try {
    product.writeSparseElf(sparse);
    const empty = peakMemory(['-e', '']);
    console.log('\nPeak memory of the command, above an empty Node.js process');
    for (const [name, path] of [
      ["Node.js's own binary", process.execPath],
      ['a sparse ELF file of 96 GiB', sparse],
    ]) {
      const mib = (peakMemory([cli, path]) - empty) / 1024;
      console.log(`  ${name.padEnd(34)} ${`${mib.toFixed(1)} MiB`.padStart(8)}`);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function sizes() {
  console.log('\nBundles');
  for (const path of bundles.filter((bundle) => existsSync(join(ROOT, bundle)))) {
    const kib = statSync(join(ROOT, path)).size / 1024;
    console.log(`  ${path.padEnd(34)} ${`${kib.toFixed(1)} KiB`.padStart(8)}`);
  }
}

/** The test measures it inside a real extension host, and says it in its title. */
function activation() {
  const suite = join(ROOT, 'scripts/suite.mjs');
  const { stdout } = spawnSync(process.execPath, [suite, 'host', ACTIVATION_TEST]);
  const times = /([\d.]+ ms) with loading, ([\d.]+ ms) at first/.exec(stdout.toString());
  console.log(
    `\nActivation in a real VS Code, with loading the bundle: ${times ? `${times[1]}, at first ${times[2]}` : 'not measured'}`,
  );
}
