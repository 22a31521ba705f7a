import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseHeap } from '../../../webview/view-model/parse-heap.js';
import { parseSize } from '../../../webview/view-model/parse-size.js';

describe('a size of RAM as typed', () => {
  const GIB = 2 ** 30;
  const cases: readonly (readonly [string, number | undefined])[] = [
    ['16 GiB', 16 * GIB],
    ['16GiB', 16 * GIB],
    ['64g', 64 * GIB],
    ['512M', 2 ** 29],
    ['1.5 TiB', 1.5 * 2 ** 40],
    ['4096 b', 4096],
    ['64 GB', 64e9],
    ['1,024 MiB', GIB],
    ['16', undefined],
    ['', undefined],
    ['0 GiB', undefined],
    ['GiB', undefined],
    ['-1 GiB', undefined],
    ['16 Gi', undefined],
    ['4 bib', undefined],
    ['99999999 PiB', undefined],
  ];
  for (const [text, expected] of cases) {
    it(`“${text}” is ${expected ?? 'no size'}`, () => {
      assert.equal(parseSize(text), expected);
    });
  }
});

describe('heap requests as typed', () => {
  it('are whole bytes, separated by commas or spaces', () => {
    const expected = { ok: true, requests: [360, 80, 180, 16, 440] };
    assert.deepEqual(parseHeap('360,80,180,16,440'), expected);
    assert.deepEqual(parseHeap('  360, 80 180;16\n440,'), expected);
  });

  it('are nothing said where the field is empty, and no request for “none”', () => {
    assert.deepEqual(parseHeap('  '), { ok: true, requests: undefined });
    assert.deepEqual(parseHeap('None'), { ok: true, requests: [] });
  });

  it('are refused with the word that cannot be understood', () => {
    for (const bad of ['4k', '-1', '1.5', 'lots', '99999999999999']) {
      const parsed = parseHeap(`16, ${bad}`);
      assert.ok(!parsed.ok && parsed.message.includes(bad), bad);
    }
  });

  it('are refused where there are too many for a start-up', () => {
    assert.ok(!parseHeap('1 '.repeat(10_001)).ok);
    assert.ok(parseHeap('1 '.repeat(10_000)).ok);
  });

  it('survive any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseHeap(text);
        if (parsed.ok) for (const size of parsed.requests ?? []) assert.ok(size >= 0);
      }),
    );
  });
});
