import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { quoteArgument, quoteCommand, splitArguments } from '../../../src/measure/command-line.js';

const split = (text: string): readonly string[] => {
  const done = splitArguments(text);
  assert(done.ok, text);
  return done.args;
};

describe('arguments as one types them', () => {
  it('are split at blanks', () => {
    assert.deepEqual(split(''), []);
    assert.deepEqual(split('  -n  5\t/tmp/a\n'), ['-n', '5', '/tmp/a']);
  });

  it('keep together what is quoted, also inside a word and when it is empty', () => {
    assert.deepEqual(split(`'a b' "c  d" e\\ f`), ['a b', 'c  d', 'e f']);
    assert.deepEqual(split(`--name='a b'c "" ''`), ['--name=a bc', '', '']);
    assert.deepEqual(split(String.raw`"\"\\\n\$" '\n' \'`), [String.raw`"\\n$`, '\\n', "'"]);
  });

  it('are not expanded', () => {
    assert.deepEqual(split('* ~ $HOME `id` | > #'), ['*', '~', '$HOME', '`id`', '|', '>', '#']);
  });

  it('are refused where a quote or a backslash is left open', () => {
    assert.deepEqual(splitArguments(`a 'b`), { ok: false, message: "The quote ' is not closed." });
    assert.deepEqual(splitArguments('a "b\\"'), {
      ok: false,
      message: 'The quote " is not closed.',
    });
    assert.match(JSON.stringify(splitArguments('a \\')), /backslash at the end/);
  });

  it('are what a shell makes of them', () => {
    const text = `a 'b  c' "d \\" e" f\\ g --x='y z'"w" ''`;
    const shell = spawnSync('sh', ['-c', `printf '%s\\0' ${text}`], { encoding: 'utf8' });
    assert.deepEqual(split(text), shell.stdout.split('\0').slice(0, -1));
  });
});

describe('a quoted argument', () => {
  it('is itself where nothing in it means anything to a shell', () => {
    assert.equal(quoteCommand(['/bin/cat', '-n', 'a=b,c']), '/bin/cat -n a=b,c');
  });

  it('shows where it begins and ends', () => {
    assert.equal(
      quoteCommand(['/my bin/cat', '', "it's", '*']),
      String.raw`'/my bin/cat' '' 'it'\''s' '*'`,
    );
  });

  it('hides no character', () => {
    assert.equal(quoteArgument('a\nb\u202e\\'), String.raw`$'a\U0000000ab\U0000202e\\'`);
    assert.equal(quoteArgument('\ud800'), String.raw`$'\U0000d800'`);
  });

  it('is read again as the same argument', () => {
    const visible = fc.string({ unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(fc.array(visible), (args) => {
        assert.deepEqual(split(quoteCommand(args)), args);
      }),
    );
  });

  it('is never the same as another', () => {
    const any = fc.string({ unit: fc.constantFrom('a', ' ', "'", '\\', '\n', '\u202e', 'U', '0') });
    fc.assert(
      fc.property(any, any, (a, b) => a === b || quoteArgument(a) !== quoteArgument(b)),
      { numRuns: 1000 },
    );
  });
});
