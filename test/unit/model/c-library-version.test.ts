import assert from 'node:assert/strict';
import { estimate } from '../../../src/model/estimate.js';
import type { LoadedObject, Program } from '../../../src/model/program.js';
import { START_UP } from '../../../src/model/workload.js';
import { loadProgram } from '../../../src/program/load-program.js';

type Versions = 'glibcDefined' | 'glibcNeeded';

/** An object as if its highest symbol version were another. */
function withVersion<T extends Pick<LoadedObject, 'binary'>>(
  object: T,
  which: Versions,
  version: number | undefined,
): T {
  const { dynamic } = object.binary;
  assert.ok(dynamic);
  return { ...object, binary: { ...object.binary, dynamic: { ...dynamic, [which]: version } } };
}

/** What is said of a program whose libc defines one version, or is missing, and that needs another. */
function said(defined: number | 'missing' | undefined, needed?: number): string[] {
  const { program } = loadProgram('sample/tiny-glibc');
  assert.ok(program);
  const asked: Program = {
    ...withVersion(program, 'glibcNeeded', needed),
    // As if it were there, on a machine that has another C library.
    libraries: defined === 'missing' ? [] : [withVersion(libc(program), 'glibcDefined', defined)],
    missing: [],
  };
  const { diagnostics } = estimate(asked, { system: undefined, workload: START_UP, aslr: false });
  return diagnostics.filter(({ code }) => code === 'assumed').map(({ message }) => message);
}

const libc = ({ binary }: Program): LoadedObject => ({
  name: 'libc.so.6',
  path: '/lib/a\u202eb',
  binary,
});

describe('The version of glibc', () => {
  it('is said where it is not the one that was measured', () => {
    for (const other of [31, 38]) {
      const [message, ...rest] = said(other, 2);
      assert.deepEqual(rest, []);
      assert.match(
        message ?? '',
        new RegExp(`^/lib/a\\\\u\\{202e\\}b is glibc 2\\.${other}, .*2\\.36`),
      );
    }
    assert.deepEqual(said(36, 36), []);
    assert.deepEqual(said(undefined, 2), []);
  });

  it('is at least the one that the program needs, where the library is not there', () => {
    assert.deepEqual(said('missing', 36), []);
    assert.deepEqual(said('missing'), []);
    assert.match(said('missing', 38)[0] ?? '', /needs glibc 2\.38 or a later one\. .*2\.36/);
  });
});
