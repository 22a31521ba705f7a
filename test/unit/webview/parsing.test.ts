import assert from 'node:assert/strict';
import { parseRam } from '../../../webview/view-model/parse-ram.js';

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
      assert.equal(parseRam(text), expected);
    });
  }
});
