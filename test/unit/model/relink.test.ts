import assert from 'node:assert/strict';
import { movedTo } from '../../../src/model/relink.js';
import { sampleProgram } from '../../support/sample.js';

describe('a binary that is linked elsewhere', () => {
  it('has its sections and its C library’s variables there, too', () => {
    // A static glibc's start-up is looked for in them: without, a position-independent one lost two pages at fixed addresses.
    const { binary } = sampleProgram('tiny-glibc-static');
    const before = { ...binary, startUpVariables: { main_arena: 0x4a47c0n } };
    const after = movedTo(before, 0x600000n);
    assert.deepEqual(after.startUpVariables, { main_arena: 0x6a47c0n });
    const moved = after.sections.map(
      ({ address }, i) => address - (before.sections[i]?.address ?? 0n),
    );
    assert.deepEqual(
      moved,
      before.sections.map(({ address }) => (address === 0n ? 0n : 0x200000n)),
    );
    assert.ok(moved.includes(0x200000n) && moved.includes(0n));
  });
});
