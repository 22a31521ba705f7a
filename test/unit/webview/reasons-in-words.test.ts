import assert from 'node:assert/strict';
import type { Row } from '../../../src/model/cost.js';
import { placesInWords } from '../../../webview/view-model/places.js';
import { addressesOf, reasonInWords } from '../../../webview/view-model/reasons-in-words.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const PAGE = 4096;

describe('places of pages', () => {
  it('are where they begin and end', () => {
    assert.deepEqual(placesInWords([0, 1, 3, 5], PAGE, 12), {
      places: ['0x0–0xfff', '0x3000–0x4fff'],
      more: undefined,
    });
    const last = 2 ** 52; // beyond what a number can count in bytes
    assert.deepEqual(placesInWords([last - 1, last], PAGE, 12).places, [
      '0xfffffffffffff000–0xffffffffffffffff',
    ]);
  });

  it('are so many at most, and the number of pages in the others', () => {
    const places = (n: number) => {
      const pages = Array.from({ length: n }, (_, i) => [4 * i, 4 * i + 2]).flat();
      const words = placesInWords(pages, PAGE, 12);
      return [words.places.length, words.more];
    };
    assert.deepEqual(places(12), [12, undefined]);
    assert.deepEqual(places(13), [12, 'and 2 pages more']);
    assert.deepEqual(places(100_000), [12, 'and 199,976 pages more']);
  });
});

describe('reasons in words', () => {
  it('are what was written, and how many pages, of how many where not all are in use', () => {
    const words = (reason: Parameters<typeof reasonInWords>[0]) =>
      Object.values(reasonInWords(reason)).join(': ');
    assert.equal(
      words({ why: 'relocation', pages: [3, 5, 9, 10], of: undefined }),
      'Relocation targets: 3 pages',
    );
    assert.match(words({ why: 'tail', pages: [3, 4], of: undefined }), /zeroed.*: 1 page$/);
    assert.match(words({ why: 'bss', pages: [16, 18], of: 8 }), /first pages: 2 of 8 pages$/);
  });

  it('are there for every private row whose pages do not depend on chance', () => {
    const { rows } = costOf(sampleProgram('tiny-glibc-static'), conditions({}, { aslr: false }));
    for (const { id, category, reasons } of rows) {
      assert.equal(reasons.length > 0, category === 'private', id);
    }
    const base = (id: string) => addressesOf(rows.find((row) => row.id === id) as Row);
    assert.match(base('program:tiny-glibc-static:data'), /as linked/);
    assert.match(base('heap'), /begins/);
  });
});
