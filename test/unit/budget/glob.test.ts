import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchesGlob, searchOf } from '../../../src/budget/glob.js';

describe('A pattern of a budget', () => {
  for (const [pattern, matching, others] of [
    [
      'build/server',
      ['build/server'],
      ['build/server2', 'build', 'x/build/server', 'Build/server'],
    ],
    ['build/*', ['build/a', 'build/.a', 'build/a.out'], ['build', 'build/a/b', 'a/build/c']],
    ['*/a?c*', ['x/abc', 'x/abcd', 'x/a😀c'], ['x/ac', 'abc', 'x/y/abc']],
    ['**', ['a', 'a/b', 'a/b/c'], []],
    ['**/bin/*', ['bin/a', 'x/bin/a', 'x/y/bin/a'], ['bin', 'bin/x/a', 'xbin/a']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb', 'b']],
    ['a/**', ['a/x', 'a/x/y'], ['b/x']],
    ['a**b', ['ab', 'axxb'], ['a/b']],
    ['a[1]{b}.(c)+', ['a[1]{b}.(c)+'], ['a1b.c']],
    ['*a*b*', ['ab', 'xaxbx', 'aab'], ['ba', 'a', 'b']],
  ] as const) {
    it(`${pattern} is matched by what it names and by nothing else`, () => {
      for (const path of matching) assert.equal(matchesGlob(pattern, path), true, path);
      for (const path of others) assert.equal(matchesGlob(pattern, path), false, path);
    });
  }

  it('matches what a regular expression of it does', () => {
    const part = fc.string({
      unit: fc.constantFrom('a', 'b', '*', '?'),
      minLength: 1,
      maxLength: 6,
    });
    const pattern = fc.array(fc.oneof(part, fc.constant('**')), { minLength: 1, maxLength: 4 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 6 });
    const path = fc.array(name, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(pattern, path, (parts, names) => {
        assert.equal(matchesGlob(parts.join('/'), names.join('/')), expression(parts, names));
      }),
      { numRuns: 2000 },
    );
  });

  it('is decided however many stars there are', () => {
    // With every star widened anew, years would not do.
    assert.equal(matchesGlob(`${'*a'.repeat(100)}b`, 'a'.repeat(255)), false);
    assert.equal(matchesGlob(`${'**/a/'.repeat(50)}b`, `${'a/'.repeat(500)}c`), false);
  });

  it('says where to look, and how deep', () => {
    const infinite = Number.POSITIVE_INFINITY;
    for (const [pattern, folder, depth] of [
      ['a', '', 0],
      ['build/bin/server', 'build/bin', 0],
      ['build/*', 'build', 0],
      ['build/*/bin/a?', 'build', 2],
      ['**/a', '', infinite],
      ['x/**', 'x', infinite],
      ['x/y/**/z', 'x/y', infinite],
    ] as const) {
      assert.deepEqual(searchOf(pattern), { folder, depth }, pattern);
    }
  });
});

/** Each part in turn, `**` for no name or more. */
function expression(parts: readonly string[], names: readonly string[]): boolean {
  const [part, ...rest] = parts;
  if (part === undefined) return names.length === 0;
  if (part === '**') {
    return expression(rest, names) || (names.length > 0 && expression(parts, names.slice(1)));
  }
  const [name, ...others] = names;
  const pattern = new RegExp(`^${part.replaceAll('*', '.*').replaceAll('?', '.')}$`);
  return name !== undefined && pattern.test(name) && expression(rest, others);
}
