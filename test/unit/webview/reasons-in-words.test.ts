import assert from 'node:assert/strict';
import type { Row } from '../../../src/model/cost.js';
import type { Reason } from '../../../src/model/reasons.js';
import { addressesOf, reasonsInWords } from '../../../webview/view-model/reasons-in-words.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const PAGE = 4096;
const row = (...reasons: readonly Reason[]) => ({ reasons, object: 'a' }) as unknown as Row;

describe('the pages of a row, in words', () => {
  it('are each reason, its pages, and where they begin and end', () => {
    const relocation = { why: 'relocation', pages: [3, 5, 9, 10], of: undefined } as const;
    const bss = { why: 'bss', pages: [16, 17], of: 8 } as const;
    assert.deepEqual(reasonsInWords(row(relocation, bss), PAGE), [
      {
        title: 'Relocation targets',
        pages: '3 pages',
        places: ['0x3000–0x4fff', '0x9000–0x9fff'],
        more: undefined,
      },
      {
        title: 'In use, taken to be the first pages',
        pages: '1 of 8 pages',
        places: ['0x10000–0x10fff'],
        more: undefined,
      },
    ]);
  });

  it('are twelve places at most, and the number of pages in the others', () => {
    const places = (n: number) => {
      const pages = Array.from({ length: n }, (_, i) => [4 * i, 4 * i + 2]).flat();
      const [words] = reasonsInWords(row({ why: 'relocation', pages, of: undefined }), PAGE);
      return [words?.places.length, words?.more];
    };
    assert.deepEqual(places(12), [12, undefined]);
    assert.deepEqual(places(13), [12, 'and 2 pages more']);
    assert.deepEqual(places(100_000), [12, 'and 199,976 pages more']);
  });

  it('are right at the end of the address space', () => {
    const last = 2 ** 52;
    const pages = [last - 1, last];
    const [words] = reasonsInWords(row({ why: 'tail', pages, of: undefined }), PAGE);
    assert.deepEqual(words?.places, ['0xfffffffffffff000–0xffffffffffffffff']);
  });

  it('are said of every row whose pages do not depend on chance', () => {
    const { rows } = costOf(sampleProgram('tiny-glibc-static'), conditions({}, { aslr: false }));
    for (const each of rows) {
      const isPrivate = each.category === 'private';
      assert.equal(reasonsInWords(each, PAGE).length > 0, isPrivate, each.id);
    }
    const base = (id: string) => addressesOf(rows.find((each) => each.id === id) as Row);
    assert.match(base('program:tiny-glibc-static:data'), /as linked/);
    assert.match(base('heap'), /begins/);
  });
});
