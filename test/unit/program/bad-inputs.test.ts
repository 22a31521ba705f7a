import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { estimate } from '../../../src/model/estimate.js';
import { START_UP } from '../../../src/model/workload.js';
import { loadProgram } from '../../../src/program/load-program.js';
import { decodeProgram, encodeProgram } from '../../../src/protocol.js';
import { inWorld, type WorldFile } from './library-world.js';

const GLIBC = '/lib64/ld-linux-x86-64.so.2';
const LOADER = 'lib/ld-linux-x86-64.so.2';
const CONDITIONS = { system: undefined, workload: START_UP, aslr: true };

/** The program of a world, loaded and estimated. */
function estimated(files: Readonly<Record<string, WorldFile>>, prepare?: (root: string) => void) {
  return inWorld(files, (root) => {
    prepare?.(root);
    const { program, reads } = loadProgram(join(root, 'program'));
    assert.ok(program);
    return { program, reads, ...estimate(program, CONDITIONS) };
  });
}

describe('A program whose loader is none', () => {
  for (const [what, file, reason] of [
    ['is not there', undefined, /There is no such file\./],
    ['is a directory', 'directory', /This is a directory, not a regular file\./],
    ['is a FIFO', 'FIFO', /This is a FIFO, not a regular file\./],
    ['is a script', { text: '#!/bin/sh\n' }, /This is a script, not a binary/],
    ['is empty', { text: '' }, /The file is empty\./],
    ['is for another machine', { i386: true }, /This is for 32-bit i386\./],
    ['is a link to itself', { link: 'ld-linux-x86-64.so.2' }, /links lead in a circle\./],
  ] as const) {
    it(`is estimated without it where that ${what}`, () => {
      const interpreter = `$ROOT/${LOADER}`;
      const files: Record<string, WorldFile> = { program: { interpreter, needed: ['libc.so.6'] } };
      if (typeof file === 'object') files[LOADER] = file;
      const { program, cost, diagnostics } = estimated(files, (root) => {
        const path = join(root, LOADER);
        if (file === 'directory') spawnSync('mkdir', ['-p', path]);
        if (file === 'FIFO')
          spawnSync('sh', ['-c', 'mkdir "$0" && mkfifo "$1"', join(path, '..'), path]);
      });
      assert.equal(program.interpreter, undefined);
      assert.deepEqual(program.libraries, []);
      assert.equal(program.missing.length, 2);
      assert.equal(cost?.incomplete, true);
      const missing = diagnostics.find(({ code }) => code === 'interpreter-missing');
      assert.match(missing?.message ?? '', reason);
    });
  }

  it('is estimated without one where it names itself, which is no shared object', () => {
    const needed = ['libone.so', 'program'];
    const files = { program: { interpreter: '$ROOT/program', needed, rpath: '$ORIGIN' } };
    const { cost, program } = estimated({ ...files, 'libone.so': { needed: ['program'] } });
    assert.ok(cost);
    // An ET_EXEC is no loader; what it names is not looked for.
    assert.deepEqual(
      program.missing.map(({ name }) => name),
      ['program', 'libone.so'],
    );
  });

  it('is estimated where it is a shared object that names itself, and needs itself', () => {
    const interpreter = '$ROOT/program';
    const itself = { interpreter, pie: true, needed: ['program', 'libone.so'] };
    const files = { program: { ...itself, rpath: '$ORIGIN' } };
    const { cost, program } = estimated({ ...files, 'libone.so': { needed: ['program'] } });
    assert.ok(cost);
    assert.equal(program.interpreter?.name, 'program');
    assert.deepEqual(
      program.libraries.map(({ name }) => name),
      ['libone.so'],
    );
    assert.deepEqual(program.missing, []);
  });
});

describe('A program with a thousand libraries', () => {
  /** Each needs the next ones, and the last the first: a thousand libraries in circles. */
  const name = (i: number) => `lib${i % 1000}.so`;
  const files: Record<string, WorldFile> = {
    program: { interpreter: GLIBC, needed: [name(0)], rpath: '$ORIGIN' },
  };
  for (let i = 0; i < 1000; i++) {
    const needed = Array.from({ length: 20 }, (_, k) => name(i + 1 + k));
    files[name(i)] = { needed, soname: name(i) };
  }

  it('is loaded, sent to the panel and estimated, every one of them once', () => {
    const { program, reads, cost, diagnostics } = estimated(files);
    assert.equal(program.libraries.length, 1000);
    assert.equal(new Set(program.libraries.map(({ path }) => path)).size, 1000);
    assert.ok(reads.length < 1010);
    assert.deepEqual(program.missing, []);
    const text = encodeProgram(program);
    assert.ok(text.length < 4 << 20, `${text.length} characters`);
    const again = estimate(decodeProgram(text), CONDITIONS);
    assert.deepEqual([again.cost, again.diagnostics], [cost, diagnostics]);
    assert.ok(cost && !cost.incomplete);
    const objects = new Set(cost.regions.map(({ object }) => object));
    assert.ok(objects.size >= 1000, `${objects.size} objects`);
  });
});
