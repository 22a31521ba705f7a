import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createFileCache, type FileCache } from '../../../src/program/file-cache.js';
import { loadProgram } from '../../../src/program/load-program.js';
import { elfFiles, sampleOf } from '../../support/elf-files.js';
import { addToWorld, inWorld } from './library-world.js';

describe('A cache of what programs have in common', () => {
  it('does not change what a program is', () => {
    const cache = createFileCache();
    for (const path of sampleOf(elfFiles(['/usr/bin', 'sample']), 40)) {
      const alone = loadProgram(path);
      const { program, reads } = loadProgram(path, undefined, cache);
      assert.deepEqual(program, alone.program);
      assert.deepEqual(
        reads.map((file) => file.path),
        alone.reads.map((file) => file.path),
      );
    }
  });

  it('keeps libraries from being read again', () => {
    const cache = createFileCache();
    const path = process.execPath;
    const [first, second] = [1, 2].map(() => loadProgram(path, undefined, cache));
    const libraries = (loaded = first) =>
      (loaded?.reads ?? []).filter((file) => file.path !== path);
    assert.ok(
      libraries(first).length > 0 && libraries(first).every(({ bytesRead }) => bytesRead > 0),
    );
    assert.ok(libraries(second).every(({ bytesRead }) => bytesRead === 0));
    const binaries = (loaded = first) =>
      loaded?.program?.libraries.map(({ binary }) => binary) ?? [];
    assert.ok(binaries(second).every((binary, i) => binary === binaries(first)[i]));
    assert.equal(second?.program?.interpreter?.binary, first?.program?.interpreter?.binary);
    assert.deepEqual(second?.program?.loaderCache, first?.program?.loaderCache);
  });

  it('keeps paths from being looked at again, whatever is there by then', () => {
    const program = {
      interpreter: '$ROOT/ld-linux-x86-64.so.2',
      needed: ['libx.so'],
      runpath: '$ORIGIN/lib',
    };
    const files = { one: program, two: program, 'ld-linux-x86-64.so.2': {}, 'lib/other.so': {} };
    inWorld(files, (root) => {
      const cache = createFileCache();
      const missing = (name: string, known?: FileCache) =>
        loadProgram(join(root, name), undefined, known).program?.missing.map(
          (object) => object.name,
        );
      assert.deepEqual(missing('one', cache), ['libx.so']);
      addToWorld(root, { 'lib/libx.so': { soname: 'libx.so' } });
      assert.deepEqual(missing('two'), []);
      assert.deepEqual(missing('two', cache), ['libx.so']);
    });
  });
});
