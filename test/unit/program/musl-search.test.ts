import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadProgram } from '../../../src/program/load-program.js';
import { muslPathFile } from '../../../src/program/musl.js';
import { inWorld, type ObjectFile, type WorldFile } from './library-world.js';

const LOADER = 'lib/ld-musl-x86_64.so.1';

/** What a program of a world with musl's loader would load and does not find. */
function found(files: Readonly<Record<string, WorldFile>>, program: ObjectFile) {
  const interpreter = `$ROOT/${LOADER}`;
  const all = { [LOADER]: {}, 'bin/program': { interpreter, ...program }, ...files };
  return inWorld(all, (root) => {
    const loaded = loadProgram(join(root, 'bin/program')).program;
    assert.ok(loaded);
    return {
      libraries: loaded.libraries.map(({ path }) => path.replace(`${root}/`, '')),
      missing: loaded.missing.map(({ name }) => name),
    };
  });
}

describe('The libraries of a musl program', () => {
  it('are without those that are in the loader itself', () => {
    const needed = ['libc.so', 'libpthread.so.0', 'libm.so', 'libc.musl-x86_64.so.1', 'libmine.so'];
    assert.deepEqual(found({ 'a/libmine.so': {} }, { needed, rpath: '$ORIGIN/../a' }), {
      libraries: ['bin/../a/libmine.so'],
      missing: [],
    });
  });

  it('are looked for in DT_RUNPATH of all who led to them', () => {
    const files = { 'a/libone.so': { needed: ['libtwo.so'] }, 'a/libtwo.so': {} };
    const program = { needed: ['libone.so'], runpath: '$ORIGIN/../a' };
    assert.deepEqual(found(files, program).libraries, ['bin/../a/libone.so', 'bin/../a/libtwo.so']);
  });

  it('are looked for in the directories of the path file', () => {
    const files = {
      'etc/ld-musl-x86_64.path': { text: '/nowhere\n$ROOT/x:$ROOT/y\n' },
      'y/libone.so': {},
    };
    assert.deepEqual(found(files, { needed: ['libone.so'] }).libraries, ['y/libone.so']);
  });

  it('are not known by DT_SONAME, but by their file', () => {
    const files = {
      'a/libone.so': { soname: 'libother.so', needed: ['libother.so', 'liblink.so'] },
      'a/liblink.so': { link: 'libone.so' },
    };
    assert.deepEqual(found(files, { needed: ['libone.so'], rpath: '$ORIGIN/../a' }), {
      libraries: ['bin/../a/libone.so'],
      missing: ['libother.so'],
    });
  });

  it('are missing where the first file of their name is for another machine', () => {
    const files = { 'a/libone.so': { i386: true }, 'b/libone.so': {} };
    const program = { needed: ['libone.so', ''], runpath: '$ORIGIN/../a:$ORIGIN/../b' };
    assert.deepEqual(found(files, program), { libraries: [], missing: ['libone.so', ''] });
  });

  it('are not looked for in a path with another token than $ORIGIN', () => {
    const files = { 'a/libone.so': {} };
    const program = { needed: ['libone.so'], runpath: '$ORIGIN/../a:$LIB' };
    assert.deepEqual(found(files, program).missing, ['libone.so']);
  });
});

describe('musl’s path file', () => {
  it('belongs to the loader by its architecture and prefix', () => {
    assert.equal(muslPathFile('/lib/ld-musl-x86_64.so.1'), '/etc/ld-musl-x86_64.path');
    assert.equal(muslPathFile('/opt/m/lib/ld-musl-armhf.so.1'), '/opt/m/etc/ld-musl-armhf.path');
  });
});
