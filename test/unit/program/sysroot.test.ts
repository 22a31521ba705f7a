import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadProgram } from '../../../src/program/load-program.js';
import { openSysroot } from '../../../src/program/sysroot.js';
import { inWorld, type WorldFile } from './library-world.js';

const LOADER = '/lib/ld-linux-aarch64.so.1';
const arm64 = true;

/** A small arm64 system, its files linked to each other as distributions do. */
const SYSTEM: Readonly<Record<string, WorldFile>> = {
  'sys/usr/lib/aarch64-linux-gnu/ld-2.36.so': { arm64 },
  'sys/usr/lib/aarch64-linux-gnu/libc.so.6': { arm64, soname: 'libc.so.6' },
  'sys/usr/lib/ld-linux-aarch64.so.1': { link: '/lib/aarch64-linux-gnu/ld-2.36.so' },
  'sys/lib': { link: '/usr/lib' },
};

/** What a program of a world would load from its sysroot, as paths below the world's root. */
function found(files: Readonly<Record<string, WorldFile>>, path = 'build/program') {
  return inWorld({ ...SYSTEM, ...files }, (root) => {
    const { program } = loadProgram(join(root, path), join(root, 'sys'));
    assert.ok(program);
    const short = (text = '') => text.replaceAll(`${root}/`, '').replaceAll(root, '');
    return {
      interpreter: short(program.interpreter?.path),
      libraries: program.libraries.map((library) => short(library.path)),
      missing: program.missing.map(({ name, reason }) => `${name}: ${short(reason)}`),
    };
  });
}

const program = (more: Partial<WorldFile> = {}) =>
  ({ arm64, interpreter: LOADER, needed: ['libc.so.6'], ...more }) as WorldFile;

describe('A sysroot', () => {
  it('has the loader and the libraries of a program, by links that begin at it', () => {
    assert.deepEqual(found({ 'build/program': program() }), {
      interpreter: 'sys/usr/lib/aarch64-linux-gnu/ld-2.36.so',
      libraries: ['sys/usr/lib/aarch64-linux-gnu/libc.so.6'],
      missing: [],
    });
  });

  it('has the directories of search paths, unless they begin at $ORIGIN', () => {
    const needed = ['libone.so', 'libtwo.so', '/opt/three.so'];
    const files = {
      'build/program': program({ needed, runpath: '/opt/lib:$ORIGIN/../own' }),
      'sys/opt/lib/libone.so': { arm64 },
      'own/libtwo.so': { arm64, needed: ['libfour.so'], runpath: '${ORIGIN}' },
      'own/libfour.so': { arm64 },
      'sys/opt/three.so': { arm64 },
    };
    assert.deepEqual(found(files).libraries, [
      'sys/opt/lib/libone.so',
      'build/../own/libtwo.so',
      'sys/opt/three.so',
      'build/../own/libfour.so',
    ]);
  });

  it('is the whole system of a program that lies in it, and of libraries that need each other', () => {
    const files = {
      'sys/opt/app/bin/program': program({ needed: ['liba.so'], rpath: '$ORIGIN/../../../../own' }),
      'sys/usr/bin/program': { link: '/opt/app/bin/program' },
      'sys/own/liba.so': { arm64, needed: ['libb.so'], soname: 'liba.so' },
      'sys/own/libb.so': { arm64, needed: ['liba.so', 'libb.so'], soname: 'libb.so' },
      'own/liba.so': { arm64 }, // above the sysroot, where nothing is
    };
    for (const path of ['sys/opt/app/bin/program', 'sys/usr/bin/program']) {
      assert.deepEqual(found(files, path), {
        interpreter: 'sys/usr/lib/aarch64-linux-gnu/ld-2.36.so',
        libraries: ['sys/own/liba.so', 'sys/own/libb.so'],
        missing: [],
      });
    }
  });

  it('has musl’s path file', () => {
    const files = {
      'sys/usr/lib/ld-musl-aarch64.so.1': { arm64 },
      'sys/etc/ld-musl-aarch64.path': { text: '/x\n' },
      'sys/x/libone.so': { arm64 },
      'build/program': program({
        interpreter: '/lib/ld-musl-aarch64.so.1',
        needed: ['libone.so', '/x/libtwo.so', 'libc.so'],
      }),
    };
    const { libraries, missing } = found(files);
    assert.deepEqual(libraries, ['sys/x/libone.so']);
    assert.deepEqual(missing, [
      '/x/libtwo.so: program needs it. Looked for in the sysroot sys: that place.',
    ]);
  });

  it('is left by no link and no path: nothing of this machine is taken for its own', () => {
    const files = {
      'build/program': program({ needed: ['liba.so', 'libb.so', 'libc2.so', '/../own/libd.so'] }),
      'own/libd.so': { arm64 },
      'sys/usr/lib/liba.so': { link: '/../../../own/libd.so' },
      'sys/usr/lib/libb.so': { link: '../../../own/libd.so' },
      'sys/usr/lib/libc2.so': { link: 'libc2.so' },
    };
    const { libraries, missing } = found(files);
    assert.deepEqual(libraries, []);
    assert.equal(missing.length, 4);
    assert.match(missing[0] ?? '', /^liba\.so: program needs it\. Looked for in the sysroot sys: /);
    inWorld({ 'sys/program': { link: process.execPath } }, (root) => {
      const { program: none, diagnostics } = loadProgram(join(root, 'sys/program'), `${root}/sys`);
      assert.equal(none, undefined);
      assert.match(
        diagnostics[0]?.message ?? '',
        /no such file, or its symbolic links lead nowhere/,
      );
    });
  });

  it('is found by another name, too, and may be all of this machine', () => {
    inWorld({ ...SYSTEM, 'sys/bin/program': program(), other: { link: 'sys' } }, (root) => {
      for (const path of ['sys/bin/program', 'other/bin/program']) {
        const { program: loaded } = loadProgram(join(root, path), join(root, 'other'));
        assert.equal(loaded?.libraries.length, 1);
      }
    });
    const { program: ours } = loadProgram('sample/tiny-glibc');
    const { program: same } = loadProgram('sample/tiny-glibc', '/');
    assert.deepEqual(
      same?.libraries.map(({ name }) => name),
      ours?.libraries.map(({ name }) => name),
    );
    assert.deepEqual(same?.missing, []);
  });

  it('that cannot be used leaves everything unknown, and says why', () => {
    const files = {
      file: { text: 'x' },
      'bin/program': { interpreter: '/lib64/ld-linux-x86-64.so.2', needed: ['libc.so.6'] },
    };
    inWorld(files, (root) => {
      for (const [sysroot, why] of [
        [join(root, 'none'), /\/none does not exist\.$/],
        [join(root, 'file'), /\/file is not a directory\.$/],
        ['relative', /relative is a relative path/],
        [`${root}\0`, /cannot be read: ERR_INVALID_ARG_VALUE/],
      ] as const) {
        assert.match(openSysroot(sysroot).problem ?? '', why);
        const { program: loaded, reads } = loadProgram(join(root, 'bin/program'), sysroot);
        assert.deepEqual([loaded?.interpreter, loaded?.libraries], [undefined, []]);
        assert.deepEqual(
          loaded?.missing.map(({ name }) => name),
          ['ld-linux-x86-64.so.2', 'libc.so.6'],
        );
        assert.match(loaded?.missing[0]?.reason ?? '', why);
        assert.equal(reads.length, 1);
      }
    });
  });

  it('is what a program of another machine is said to need', () => {
    inWorld({ program: program({ interpreter: '/lib/ld-none.so.1' }) }, (root) => {
      const { program: loaded } = loadProgram(join(root, 'program'));
      for (const { reason } of loaded?.missing ?? []) {
        assert.match(reason, /name its sysroot \(pagecost\.sysroot, --sysroot\)\.$/);
      }
      assert.equal(loaded?.missing.length, 2);
    });
  });

  it('is searched no longer than a kernel would follow its links', () => {
    const links = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`sys/l${i}`, { link: `/l${i + 1}` }]),
    );
    inWorld({ ...links, 'sys/l60': { text: 'x' } }, (root) => {
      const { follow, locate } = openSysroot(join(root, 'sys'));
      assert.equal(follow(locate('/l20')), join(root, 'sys/l60'));
      assert.equal(follow(locate('/l19')), undefined);
      assert.equal(follow(locate(`${'/.'.repeat(5000)}/l60`)), undefined);
    });
  });

  it('knows where another file can come to be at a path', () => {
    const files = {
      'sys/bin': { link: '/usr/bin' },
      'sys/usr/bin/server': { link: '../lib/server-2' },
      'sys/usr/lib/server-2': { text: 'x' },
      'sys/usr/bin/gone': { link: 'none' },
      here: { link: 'sys/usr/lib' },
    };
    // No build makes a link in the root directory.
    assert.ok(!openSysroot(undefined).turns('/bin/sh').includes('/bin'));
    inWorld(files, (root) => {
      const turns = (path: string, sysroot?: string) =>
        openSysroot(sysroot)
          .turns(join(root, path))
          .map((place) => place.replace(`${root}/`, ''));
      const sysroot = join(root, 'sys');
      const inSysroot = ['sys/bin', 'sys/usr/bin/server', 'sys/usr/lib/server-2'];
      assert.deepEqual(turns('sys/bin/server', sysroot), inSysroot);
      assert.deepEqual(turns('sys/bin/gone', sysroot).slice(1), [
        'sys/usr/bin/gone',
        'sys/usr/bin/none',
      ]);
      assert.deepEqual(turns('here/server-2', sysroot), ['sys/usr/lib/server-2']);
      assert.deepEqual(turns('here/server-2'), ['here', 'sys/usr/lib/server-2']);
      assert.deepEqual(turns('sys/bin/server'), ['sys/bin', '/usr/bin/server']);
    });
  });
});
