import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('shape.c', import.meta.url));

const KINDS = {
  'glibc, PIE': ['gcc', '-pie', '-fPIE'],
  'glibc, no-pie': ['gcc', '-no-pie', '-fno-pie'],
  'glibc, static': ['gcc', '-static', '-no-pie', '-fno-pie'],
  'glibc, static PIE': ['gcc', '-static-pie', '-fPIE'],
  'musl, PIE': ['musl-gcc', '-pie', '-fPIE'],
  'musl, static': ['musl-gcc', '-static', '-no-pie', '-fno-pie'],
};

const SHAPES = {
  plain: [],
  pointers: ['-DPOINTERS'],
  'bss of 64 MiB': ['-DBSS=0x4000000'],
  'data of 8 MiB': ['-DDATA=0x800000'],
  'data aligned to 64 KiB': ['-DALIGNED=0x10000'],
  'data aligned to 2 MiB': ['-DALIGNED=0x200000'],
  ...tlsOf(100, 1500, 5000, 20_000, 300_000),
  ifunc: ['-DIFUNC'],
  'without RELRO': ['-DPOINTERS', '-Wl,-z,norelro'],
  'bound at once': ['-DPOINTERS', '-Wl,-z,now'],
  'packed relocations': ['-DPOINTERS', '-Wl,-z,pack-relative-relocs'],
  'code not apart': ['-DPOINTERS', '-Wl,-z,noseparate-code'],
  'pages of 64 KiB': ['-DPOINTERS', '-Wl,-z,max-page-size=0x10000'],
  'pages of 2 MiB': ['-DPOINTERS', '-Wl,-z,max-page-size=0x200000'],
  'executable stack': ['-Wl,-z,execstack'],
  gold: ['-DPOINTERS', '-fuse-ld=gold'],
  lld: ['-DPOINTERS', '-fuse-ld=lld'],
  mold: ['-DPOINTERS', '-fuse-ld=mold'],
};

function tlsOf(...sizes) {
  const entries = sizes.flatMap((bytes) => [
    [`TLS of ${bytes} bytes`, [`-DTLS=${bytes}`]],
    [`TLS of ${bytes} bytes, initialised`, [`-DTLS=${bytes}`, '-DINITIALISED']],
  ]);
  return Object.fromEntries(entries);
}

/** Programs that differ in one thing each; what a compiler or linker cannot do, or is not there, is left out. */
export function shapeBuilds(directory) {
  const all = Object.entries(KINDS).flatMap(([kind, [compiler, ...flags]]) =>
    Object.entries(SHAPES).map(([shape, more]) => ({
      name: `${kind}: ${shape}`,
      compiler,
      args: ['-O1', SOURCE, ...flags, ...more],
    })),
  );
  const many = [2, 5, 20, 60].map((count) => ({
    name: `glibc, PIE: ${count} libraries`,
    compiler: 'gcc',
    args: ['-O1', SOURCE, '-pie', '-fPIE', ...linked(smallLibraries(directory, count), directory)],
  }));
  const copies = ['gcc', 'musl-gcc'].map((compiler) => ({
    name: `${compiler === 'gcc' ? 'glibc' : 'musl'}, no-pie: variables copied`,
    compiler,
    args: [
      '-O1',
      SOURCE,
      '-DCOPIED',
      '-no-pie',
      '-fno-pie',
      ...linked(copied(compiler), directory),
    ],
  }));
  const aligned = [0x10000, 0x200000].map((bytes) => ({
    name: `glibc, PIE: a library aligned to ${bytes >> 10} KiB`,
    compiler: 'gcc',
    args: ['-O1', SOURCE, '-pie', '-fPIE', ...linked(alignedLibrary(bytes), directory)],
  }));
  const large = {
    name: 'glibc, PIE: a library of 3 MiB',
    compiler: 'gcc',
    args: ['-O1', SOURCE, '-pie', '-fPIE', ...linked(largeLibrary(), directory)],
  };
  return [...all, ...many, ...copies, ...aligned, large].flatMap(
    ({ name, compiler, args }, index) => {
      const path = join(directory, `shape-${index}`);
      const { status } = spawnSync(compiler, ['-o', path, ...args]);
      return status === 0 ? [{ name, path, args: [], heap: [] }] : [];
    },
  );

  function copied(compiler) {
    const text = 'char copied[100000] = {1}; const char constants[50000] = {2};';
    return [library(directory, `copied-${compiler}`, text, compiler)];
  }

  function largeLibrary() {
    return [library(directory, 'large', 'const char constants[0x300000] = {1};', 'gcc')];
  }

  function alignedLibrary(bytes) {
    const text = 'int v = 1; int *p = &v;';
    return [library(directory, `aligned-${bytes}`, text, 'gcc', `-Wl,-z,max-page-size=${bytes}`)];
  }
}

const linked = (names, directory) => [
  `-L${directory}`,
  '-Wl,--no-as-needed',
  ...names.map((name) => `-l${name}`),
  `-Wl,-rpath,${directory}`,
];

const smallLibraries = (directory, count) =>
  Array.from({ length: count }, (_, i) => {
    const text = `int v${i} = 1; static int *p${i} = &v${i}; int f${i}(void) { return *p${i}; }`;
    return library(directory, `small-${i}`, text, 'gcc');
  });

function library(directory, name, text, compiler, ...flags) {
  const path = join(directory, `lib${name}.so`);
  const soname = `-Wl,-soname,lib${name}.so`;
  spawnSync(compiler, ['-x', 'c', '-', '-O1', '-fPIC', '-shared', soname, '-o', path, ...flags], {
    input: text,
  });
  return name;
}
