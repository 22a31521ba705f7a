import assert from 'node:assert/strict';
import { addressMap } from '../../../webview/view-model/map-lines.js';
import { spotOf } from '../../../webview/view-model/spot-of.js';
import { costOf, sampleProgram } from '../../support/sample.js';

describe('the place of an address in the map', () => {
  const program = sampleProgram('tiny-musl');
  const { binary } = program;
  const cost = costOf(program);
  const { lines } = addressMap(cost, 'tiny-musl', () => false);
  const spot = (address: string) => spotOf(address, binary, cost, lines);

  it('is the cell of its page, wherever the program was placed', () => {
    for (const segment of binary.segments.filter(({ type }) => type === 1)) {
      const at = spot(`0x${segment.address.toString(16)}`);
      const line = lines.find(({ id }) => id === at?.id);
      assert(line && at, `0x${segment.address.toString(16)}`);
      assert.equal(at.cell, 0);
      const last = segment.address + segment.memorySize - 1n;
      assert.notEqual(spot(`0x${last.toString(16)}`)?.cell, undefined);
    }
  });

  it('is none outside of the program', () => {
    assert.equal(spot('0x0'), undefined);
    assert.equal(spot('0xffffffffffffffff'), undefined);
  });

  it('is a later cell on a later page', () => {
    const old = sampleProgram('tiny.freebsd');
    const drawn = costOf(old);
    const map = addressMap(drawn, 'tiny.freebsd', () => false);
    // Three pages of code from 0x8048000 on.
    assert.equal(spotOf('0x804a123', old.binary, drawn, map.lines)?.cell, 2);
  });

  it('is found in a program at random addresses', () => {
    const dynamic = sampleProgram('tiny-musl-dynamic');
    const placed = costOf(dynamic);
    const map = addressMap(placed, 'tiny-musl-dynamic', () => false);
    const first = dynamic.binary.segments.find(({ type }) => type === 1);
    assert(first);
    const at = spotOf(`0x${first.address.toString(16)}`, dynamic.binary, placed, map.lines);
    assert.equal(at?.cell, 0);
    assert.equal(map.lines.find(({ id }) => id === at?.id)?.kind, 'region');
  });
});
