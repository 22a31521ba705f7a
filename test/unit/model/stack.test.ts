import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stackContents, stackPages } from '../../../src/model/stack.js';
import { START_UP } from '../../../src/model/workload.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const PAGE = 4096;
const with_ = (bytes: number, strings: number) => ({
  ...START_UP,
  environment: { bytes, strings },
});

const X86_64 = { wordSize: 8, auxiliaryEntries: 23, stackGapBytes: 8192 };

describe('the pages of a Linux stack', () => {
  /**
   * With addresses not randomised and a growing environment, the length at which live processes on
   * Linux 6.18 took one page more: [path, frames at rest, bytes of environment, pages before].
   */
  const THRESHOLDS: readonly (readonly [string, number, number, number])[] = [
    ['./tiny-nolibc', 0, 3635, 1],
    ['./tiny-musl', 432, 3187, 1],
    ['./tiny-musl-dynamic', 1936, 1683, 1],
    ['./tiny-glibc-static', 4872, 2835, 2],
    ['./tiny-glibc', 5608, 2115, 2],
  ];
  for (const [path, frames, bytes, before] of THRESHOLDS) {
    it(`${path} takes a page more where live processes did, within 32 bytes`, () => {
      const pages = (environment: number) =>
        stackPages(stackContents(path.length, frames, with_(environment, 1), X86_64), false, PAGE)
          .mean;
      assert.equal(pages(bytes - 32), before);
      assert.equal(pages(bytes + 32), before + 1);
    });
  }

  it('is what looking at every gap byte by byte gives', () => {
    fc.assert(
      fc.property(fc.nat(9000), fc.nat(40), fc.nat(20_000), (bytes, strings, frames) => {
        const contents = stackContents('/bin/x'.length, frames, with_(bytes, strings), X86_64);
        let sum = 0;
        for (let gap = 0; gap < 8192; gap += 16) {
          const pages = new Set<number>();
          for (let at = 0; at < contents.strings; at += 8) pages.add(Math.floor(at / PAGE));
          pages.add(Math.floor((contents.strings - 1) / PAGE));
          const begin = Math.ceil(contents.strings / 16) * 16 + gap;
          for (let at = begin; at < begin + contents.frames; at += 512) {
            pages.add(Math.floor(at / PAGE));
          }
          pages.add(Math.floor((begin + contents.frames - 1) / PAGE));
          sum += pages.size;
        }
        const { mean, min, max } = stackPages(contents, true, PAGE);
        assert.equal(mean, sum / 512);
        assert.ok(min <= mean && mean <= max);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the region of a Linux stack', () => {
  it('is 128 KiB more than the pages of its strings, and more where frames reach deeper', () => {
    // As live processes had them with addresses fixed: of 7,021 bytes of arguments two pages, of 28,399 seven.
    const pages = (bytes: number) =>
      costOf(
        sampleProgram('tiny-musl'),
        conditions({ environment: { bytes, strings: 6 } }, { aslr: false }),
      ).regions.find(({ kind }) => kind === 'stack')?.pages;
    assert.deepEqual([1500, 7021, 28_399].map(pages), [33, 34, 39]);
  });
});
