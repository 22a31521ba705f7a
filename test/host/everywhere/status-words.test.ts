import assert from 'node:assert/strict';
import { statusSentences, statusText } from '../../../src/editor/status-words.js';

const figure = { perProcessBytes: 8192, totalBytes: 16384, processes: 2, incomplete: true };
const status = (beforeIncomplete: boolean, afterIncomplete: boolean) => ({
  figure: { ...figure, incomplete: afterIncomplete },
  change: {
    before: { bytes: 4096, incomplete: beforeIncomplete },
    after: { bytes: 8192, incomplete: afterIncomplete },
  },
  program: undefined,
});

describe('What the status bar says of a build', () => {
  it('is marked where it is not sure, and said so in a sentence', () => {
    for (const [before, after, mark] of [
      [false, true, '≥ '],
      [true, false, '≤ '],
      [true, true, '~ '],
    ] as const) {
      assert.match(
        statusText(status(before, after)),
        new RegExp(`, ${mark}\\+4 KiB since the last`),
      );
      assert.match(statusSentences(status(before, after)).join(' '), /may be another amount\.$/);
    }
    assert.match(statusText(status(false, false)), / 16 KiB, \+4 KiB since the last build$/);
    assert.doesNotMatch(statusSentences(status(false, false)).join(' '), /another amount/);
  });
});
