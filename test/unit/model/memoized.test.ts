import assert from 'node:assert/strict';
import { memoized } from '../../../src/model/memoized.js';

describe('a memoized function', () => {
  const named = { a: { name: 'a' }, b: { name: 'b' } };

  it('gives the same result for the same arguments, and another for others', () => {
    const pair = memoized((of: { name: string }, number: number) => ({ text: of.name + number }));
    assert.equal(pair(named.a, 1), pair(named.a, 1));
    assert.notEqual(pair(named.a, 1), pair({ name: 'a' }, 1));
    assert.deepEqual(pair(named.b, 2), { text: 'b2' });
    assert.deepEqual(pair(named.b, 1), { text: 'b1' });
  });

  it('knows undefined from what it has not met', () => {
    let made = 0;
    const nothing = memoized((of: { name: string } | undefined): undefined => {
      made += of ? 10 : 1;
    });
    nothing(undefined);
    nothing(undefined);
    nothing(named.a);
    nothing(named.a);
    assert.equal(made, 11);
  });

  it('may be what a list is mapped by', () => {
    let made = 0;
    const length = memoized(({ name }: { name: string }) => {
      made++;
      return name.length;
    });
    assert.deepEqual([named.a, named.b].map(length), [1, 1]);
    assert.deepEqual([named.b, named.b, named.a].map(length), [1, 1, 1]);
    assert.equal(made, 2);
  });

  it('tells lists apart where all arguments count', () => {
    const names = memoized(
      (...of: readonly { name: string }[]) => of.map(({ name }) => name),
      Number.POSITIVE_INFINITY,
    );
    assert.equal(names(named.a, named.b), names(named.a, named.b));
    assert.deepEqual(names(named.a), ['a']);
    assert.deepEqual(names(named.b, named.a), ['b', 'a']);
  });
});
