import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Program } from '../../../src/model/program.js';
import { loadProgram } from '../../../src/program/load-program.js';
import { elfFiles, sampleOf } from '../../support/elf-files.js';
import { loaderList } from '../../support/loader-list.js';
import { inWorld, type ObjectFile, type WorldFile } from './library-world.js';
import { worlds } from './library-worlds.js';

const LOADER = '/lib64/ld-linux-x86-64.so.2';

function load(path: string): Program {
  const { program } = loadProgram(path);
  assert.ok(program, path);
  return program;
}

const found = (path: string) => {
  const { libraries, missing } = load(path);
  return {
    libraries: libraries.map((library) => library.path),
    missing: missing.map(({ name }) => name),
  };
};

/** Libraries of a program with the loader, as paths below the world's root. */
function libraries(files: Readonly<Record<string, WorldFile>>, program: ObjectFile) {
  const all = { ...files, 'bin/program': { interpreter: LOADER, ...program } };
  return inWorld(all, (root) => {
    const path = join(root, 'bin/program');
    const ours = found(path);
    assert.deepEqual(ours, loaderList(LOADER, path));
    return ours.libraries.map((library) => library.replace(`${root}/`, ''));
  });
}

describe('The libraries of a glibc program', () => {
  it('are those that ld.so itself lists, in its order, for programs of this machine', () => {
    const dynamic = sampleOf(elfFiles(['/usr/bin']), 45).filter(
      (path) => load(path).interpreter?.path === LOADER,
    );
    assert.ok(dynamic.length >= 30, `only ${dynamic.length} dynamic programs`);
    for (const path of dynamic) assert.deepEqual(found(path), loaderList(LOADER, path), path);
  });

  it('come in the order in which ld.so maps them', () => {
    for (const path of ['/usr/bin/git', '/bin/bash', process.execPath]) {
      const { stderr } = spawnSync(path, ['--version'], {
        encoding: 'utf8',
        env: { LD_DEBUG: 'files' },
      });
      const mapped = [...stderr.matchAll(/file=(\S+) \[0\]; {2}generating link map/g)];
      assert.deepEqual(
        load(path).libraries.map(({ name }) => name),
        mapped.map(([, name]) => name),
        path,
      );
    }
  });

  it('are those that ld.so finds, whatever the search paths', () => {
    let together = 0;
    const property = fc.property(worlds(LOADER), (files) =>
      inWorld(files, (root) => {
        const path = join(root, 'bin/program');
        const ours = found(path);
        together += ours.libraries.length;
        assert.deepEqual(ours, loaderList(LOADER, path));
      }),
    );
    fc.assert(property, { numRuns: 60, seed: 2003 }); // the same worlds each time
    assert.ok(together > 30, `worlds with ${together} libraries in all prove little`);
  });

  it('are looked for in DT_RPATH of all who led to them, but not if one has DT_RUNPATH', () => {
    const files = { 'a/libone.so': { needed: ['libtwo.so'] }, 'b/libtwo.so': {} };
    const needed = ['libone.so'];
    assert.deepEqual(libraries(files, { needed, rpath: '$ORIGIN/../a:$ORIGIN/../b' }), [
      'bin/../a/libone.so',
      'bin/../b/libtwo.so',
    ]);
    const own = { ...files, 'a/libone.so': { needed: ['libtwo.so'], runpath: '/nowhere' } };
    assert.deepEqual(libraries(own, { needed, rpath: '$ORIGIN/../a:$ORIGIN/../b' }), [
      'bin/../a/libone.so',
    ]);
  });

  it('are not looked for in DT_RUNPATH of who led to the one that asks', () => {
    const files = { 'a/libone.so': { needed: ['libtwo.so'] }, 'a/libtwo.so': {} };
    const program = { needed: ['libone.so'], runpath: '${ORIGIN}/../a' };
    assert.deepEqual(libraries(files, program), ['bin/../a/libone.so']);
  });

  it('pass over a file of another machine', () => {
    const files = { 'a/libone.so': { i386: true }, 'b/libone.so': {} };
    const program = { needed: ['libone.so'], runpath: '$ORIGIN/../a:$ORIGIN/../b' };
    assert.deepEqual(libraries(files, program), ['bin/../b/libone.so']);
  });

  it('count once, by name, by DT_SONAME and by file, also in a circle', () => {
    const files = {
      'a/libone.so': { needed: ['libtwo.so', 'libsame.so'], soname: 'libfirst.so' },
      'a/libtwo.so': { needed: ['libfirst.so', 'libone.so'], runpath: '$ORIGIN' },
      'a/libsame.so': { link: 'libtwo.so' },
    } satisfies Record<string, WorldFile>;
    const program = { needed: ['libone.so'], rpath: '$ORIGIN/../a' };
    assert.deepEqual(libraries(files, program), ['bin/../a/libone.so', 'bin/../a/libtwo.so']);
  });

  it('have their $ORIGIN where the program really is, not where a link to it is', () => {
    const files = {
      'bin/program': { interpreter: LOADER, needed: ['libone.so'], runpath: '$ORIGIN/../a' },
      'a/libone.so': {},
      'elsewhere/deep/link': { link: '../../bin/program' },
    } satisfies Record<string, WorldFile>;
    inWorld(files, (root) => {
      const { libraries: all } = found(join(root, 'elsewhere/deep/link'));
      assert.deepEqual(all, [`${root}/bin/../a/libone.so`]);
    });
  });
});
