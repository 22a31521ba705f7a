import assert from 'node:assert/strict';
import { PT, type Segment } from '../../../src/binary/binary.js';
import { heapUse } from '../../../src/model/heap.js';
import { muslTlsItems } from '../../../src/model/musl-tls.js';
import { count } from '../../../src/model/runs.js';
import { START_UP } from '../../../src/model/workload.js';
import { C_LIBRARIES } from '../../../src/system/c-library.js';
import { SEGMENT } from '../../support/headers.js';
import { sampleProgram } from '../../support/sample.js';

const tls = (bytes: number, inFile: number): Segment => ({
  ...SEGMENT,
  type: PT.TLS,
  fileSize: BigInt(inFile),
  memorySize: BigInt(bytes),
  align: 16n,
});

/** Pages mapped, and pages written; musl 1.2.3, live processes of programs with a variable of so many bytes. */
function pagesOf(kind: 'static' | 'dynamic', bytes: number, inFile = 0): number[] {
  const sample = sampleProgram('tiny-musl');
  const segments = [...sample.binary.segments, tls(bytes, inFile)];
  const program = { ...sample, binary: { ...sample.binary, segments } };
  const cLibrary = C_LIBRARIES[`musl-${kind}`];
  const heap = heapUse(program, cLibrary, START_UP, 4096);
  const items = muslTlsItems(program, cLibrary, heap, 4096);
  return items.flatMap(({ block }) => [block.pages, count(block.resident)]);
}

describe('static TLS with musl', () => {
  it('has room in the bss as long as it is small', () => {
    assert.deepEqual(pagesOf('static', 64), []);
    assert.deepEqual(pagesOf('static', 100), [1, 1]);
    assert.deepEqual(pagesOf('dynamic', 64), []);
  });

  it('is mapped, and written where the file has it and at both ends', () => {
    assert.deepEqual(pagesOf('static', 5000), [2, 2]);
    assert.deepEqual(pagesOf('static', 20_000), [5, 2]);
    assert.deepEqual(pagesOf('static', 20_000, 20_000), [5, 5]);
    assert.deepEqual(pagesOf('static', 300_000), [74, 2]);
    assert.deepEqual(pagesOf('static', 300_000, 300_000), [74, 74]);
    assert.deepEqual(pagesOf('dynamic', 20_000), [5, 2]);
    assert.deepEqual(pagesOf('dynamic', 300_000, 300_000), [74, 74]);
  });

  it('is believed no further than the segment reaches', () => {
    assert.deepEqual(pagesOf('static', 5000, 1e15), [2, 2]);
  });
});
