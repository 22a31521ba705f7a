import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createFileCache, looksOf } from '../../../src/program/file-cache.js';
import { loadProgram, programAt } from '../../../src/program/load-program.js';
import { levelsOf } from '../../../src/program/processor.js';
import { inWorld, type WorldFile } from './library-world.js';

const GLIBC = '/lib64/ld-linux-x86-64.so.2';

function load(path: string) {
  const { program } = loadProgram(path);
  assert.ok(program);
  return program;
}

describe('Loading a program', () => {
  it('finds the loader and the libraries of a sample', () => {
    const { interpreter, libraries, missing } = load('sample/tiny-glibc');
    assert.equal(interpreter?.path, GLIBC);
    assert.deepEqual(
      libraries.map(({ name }) => name),
      ['libc.so.6'],
    );
    assert.deepEqual(missing, []);
  });

  it('finds the same for a binary that is not in its file any more', () => {
    const expected = load('sample/tiny-glibc');
    assert.deepEqual(programAt('sample/tiny-musl', expected.binary), {
      ...expected,
      path: 'sample/tiny-musl',
    });
    const gone = 'sample/there-is-no-such-file';
    assert.deepEqual(programAt(gone, expected.binary), { ...expected, path: gone });
  });

  it('looks for nothing where there is no loader', () => {
    for (const name of ['tiny.freebsd', 'tiny-nolibc', 'tiny-musl', 'tiny-glibc-static']) {
      const { program, reads } = loadProgram(`sample/${name}`);
      assert.deepEqual(program?.libraries, []);
      assert.deepEqual(program?.missing, []);
      assert.equal(reads.length, 1);
    }
  });

  it('takes nothing of this machine for a program whose loader is not here', () => {
    const { interpreter, libraries, missing } = load('test/fixtures/hostile-dynamic');
    assert.equal(interpreter, undefined);
    assert.deepEqual(libraries, []);
    assert.ok(missing.some(({ name }) => name === 'libc.so.6'));
  });

  it('opens no device, and nothing that a hostile name does not really lead to', () => {
    const needed = ['/dev/zero', '/dev/tty', '../../../etc/passwd', '/etc/passwd', '', '/', '.'];
    const program = { interpreter: GLIBC, needed: [...needed, 'n'.repeat(4000), 'a\nb\u202e'] };
    inWorld({ program }, (root) => {
      const { program: loaded, reads } = loadProgram(join(root, 'program'));
      assert.deepEqual(loaded?.libraries, []);
      assert.equal(loaded?.missing.length, program.needed.length - 1); // '' is the program to glibc
      assert.deepEqual(
        reads.map(({ path }) => path.replace(root, '')),
        ['/program', GLIBC, '/etc/passwd', '/etc/ld.so.cache'],
      );
    });
  });

  it('says who asks for a missing library, where it was looked for, and what was of no use', () => {
    const files = {
      program: { interpreter: GLIBC, needed: ['libone.so'], rpath: '$ORIGIN' },
      'libone.so': { needed: ['libtwo.so', './libthree.so'] },
      'libtwo.so': { i386: true },
    } satisfies Record<string, WorldFile>;
    inWorld(files, (root) => {
      const [two, three] = load(join(root, 'program')).missing;
      assert.match(
        two?.reason ?? '',
        /^libone\.so needs it\. .*the RPATH of program, ld\.so\.cache/,
      );
      assert.match(two?.reason ?? '', /libtwo\.so does not do: This is for 32-bit i386\.$/);
      assert.match(three?.reason ?? '', /a relative path depends on where the process starts/);
    });
  });

  it('says that libraries are missing whose names cannot be read, so that no sum passes for whole', () => {
    const unreadable = ['m'.repeat(5000), 'n'.repeat(5000)];
    const files: Record<string, WorldFile> = {
      program: { interpreter: GLIBC, needed: ['libone.so'], rpath: '$ORIGIN' },
      'libone.so': { needed: unreadable },
    };
    inWorld(files, (root) => {
      const { libraries, missing } = load(join(root, 'program'));
      assert.equal(libraries.length, 1);
      assert.deepEqual(
        missing.map(({ name }) => name),
        ['libraries without a name'],
      );
      assert.match(missing[0]?.reason ?? '', /^libone\.so needs them\./);
    });
  });

  it('gives up a search that no real program needs', () => {
    const rpath = Array.from({ length: 60 }, (_, i) => `/${'./'.repeat(i)}`).join(':');
    const needed = Array.from({ length: 1000 }, (_, i) => `lib${i}.so`);
    inWorld({ program: { interpreter: GLIBC, needed, rpath } }, (root) => {
      const cache = createFileCache();
      const { program } = loadProgram(join(root, 'program'), undefined, cache);
      assert.equal(program?.missing.at(-1)?.name, 'further libraries');
      assert.ok(looksOf(cache).length <= 10_000); // of 60,000 places
    });
  });

  it('reads a library once, however many names lead to it', () => {
    const needed = Array.from({ length: 200 }, (_, i) => `/${'./'.repeat(i)}etc/passwd`);
    inWorld({ program: { interpreter: GLIBC, needed } }, (root) => {
      const { reads } = loadProgram(join(root, 'program'));
      assert.equal(reads.filter(({ path }) => path.endsWith('passwd')).length, 1);
    });
  });
});

describe('Levels of a processor', () => {
  it('need all the flags of their own and of those below', () => {
    const v2 = 'cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3';
    const v3 = 'avx avx2 bmi1 bmi2 f16c fma movbe xsave';
    assert.deepEqual(levelsOf(`processor\t: 0\nflags\t\t: ${v2} ${v3}\n`), [
      'x86-64-v3',
      'x86-64-v2',
    ]);
    assert.deepEqual(levelsOf(`flags : ${v3}`), []);
    assert.deepEqual(levelsOf('Features : fp asimd'), []);
  });
});
