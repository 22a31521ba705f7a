import fc from 'fast-check';
import type { ObjectFile, WorldFile } from './library-world.js';

const NAMES = ['liba.so', 'libb.so', 'libc2.so', 'libd.so', 'libe.so'] as const;
const SONAMES = [...NAMES, 'so.first', 'so.second'] as const;
const DIRECTORIES = ['l', 'm', 'n/o'] as const;
/** What a processor of x86-64-v4 takes libraries from, and what none does. */
const LEVELS = ['', '', '', '/glibc-hwcaps/x86-64-v2', '/glibc-hwcaps/x86-64-v9'] as const;

const name = fc.constantFrom(...NAMES);
const directory = fc.constantFrom(...DIRECTORIES);

/** Ways to write a directory of the world from that of the program, and some that lead nowhere. */
const entry = directory.chain((path) =>
  fc.constantFrom(
    `$ORIGIN/../${path}`,
    `\${ORIGIN}/../${path}//`,
    `$ORIGIN/../l/../${path}`,
    `$ORIGIN/../../${path}`,
    `$ORIGIN/../../../${path}`,
    `$ORIGINAL/../${path}`,
    `$ORIGIN/nothing`,
    '',
  ),
);
const searchPath = fc.oneof(
  fc.constant(DIRECTORIES.map((path) => `$ORIGIN/../${path}`).join(':')),
  fc.array(entry, { maxLength: 4 }).map((entries) => entries.join(':')),
);

const needed = fc.array(
  fc.oneof({ weight: 9, arbitrary: name }, fc.constantFrom('libc.so.6', 'so.first', 'so.second')),
  { maxLength: 4 },
);

const object: fc.Arbitrary<ObjectFile> = fc.record(
  { needed, soname: fc.constantFrom(...SONAMES), rpath: searchPath, runpath: searchPath },
  { requiredKeys: ['needed'] },
);

const file: fc.Arbitrary<WorldFile> = fc.oneof(
  { weight: 8, arbitrary: object },
  { weight: 1, arbitrary: fc.constant({ i386: true }) },
);

const place = fc
  .tuple(directory, fc.constantFrom(...LEVELS), name)
  .map(([path, level, base]) => `${path}${level}/${base}`);

/** Two names of one file: a link beside a library, or to nothing, under another name. */
const link = fc
  .tuple(directory, fc.uniqueArray(name, { minLength: 2, maxLength: 2 }))
  .map(([path, [from, to]]) => ({
    path: `${path}/${from}`,
    file: { link: to as string } satisfies WorldFile,
  }));

/** Libraries in several directories, and bin/program, which needs some of them. */
export const worlds = (interpreter: string): fc.Arbitrary<Record<string, WorldFile>> =>
  fc
    .record({
      program: object,
      files: fc.dictionary(place, file, { minKeys: 4, maxKeys: 12 }),
      links: fc.array(link, { maxLength: 1 }),
    })
    .map(({ program, files, links }) => ({
      ...Object.fromEntries(links.map((l) => [l.path, l.file])),
      ...files,
      'bin/program': { ...program, interpreter },
    }));
