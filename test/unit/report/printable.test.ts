import assert from 'node:assert/strict';
import fc from 'fast-check';
import { printable, printableText, protection, shortName } from '../../../src/format.js';

describe('printable text', () => {
  it('keeps a long text whole, where a name is cut', () => {
    const text = 'looked for in /usr/lib/x86_64-linux-gnu and /lib '.repeat(10).trim();
    assert.equal(printableText(text), text);
    assert.ok(printable(text).length <= 120);
  });

  it('has no controls, and nothing that turns it around', () => {
    assert.equal(printableText('lib\u202eos.\nx is missing'), 'lib\\u{202e}os.\\u{a}x is missing');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(printableText(text), /[\p{Cc}\p{Cf}]/u);
      }),
    );
  });

  it('is cut for a column', () => {
    assert.equal(shortName('abcdef', 6), 'abcdef');
    assert.equal(shortName('abcdefg', 6), 'abcde…');
  });

  it('says what memory allows', () => {
    assert.equal(protection({ readable: true, writable: false, executable: true }), 'r-x');
    assert.equal(protection({ readable: false, writable: true, executable: false }), '-w-');
  });
});
