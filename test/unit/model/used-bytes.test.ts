import assert from 'node:assert/strict';
import { PT, SHF, SHT } from '../../../src/binary/binary.js';
import { usedBytes } from '../../../src/model/used-bytes.js';
import { SEGMENT } from '../../support/headers.js';
import { sampleProgram } from '../../support/sample.js';

const PAGE = 4096;
const PROGBITS = 1;

describe('the bytes of a segment that have a use', () => {
  const { binary } = sampleProgram('tiny-nolibc');
  const place = { address: 0x600010n, memorySize: 0x2ff0n };
  const segment = { ...SEGMENT, type: PT.LOAD, ...place };
  const section = (
    address: bigint,
    size: bigint,
    type: number = PROGBITS,
    flags: bigint = SHF.ALLOC,
  ) => ({
    ...{ name: '', offset: 0n, link: 0, info: 0, align: 1n, entrySize: 0n },
    ...{ address, size, type, flags },
  });
  const usedWith = (...sections: ReturnType<typeof section>[]) =>
    usedBytes({ ...binary, sections }, segment, PAGE);

  it('are all but what aligns the next section', () => {
    const data = section(0x600010n, 4n);
    const bss = section(0x601000n, 0x2000n, SHT.NOBITS);
    assert.deepEqual(usedWith(data, bss), [0x10, 0x14, PAGE, 3 * PAGE]);
  });

  it('are all of it before the first section and behind the last, and where there are none', () => {
    assert.deepEqual(usedWith(section(0x600100n, 8n)), [0x10, 3 * PAGE]);
    assert.deepEqual(usedWith(), [0x10, 3 * PAGE]);
  });

  it('are none of a section that takes no memory there, or is elsewhere', () => {
    const data = section(0x600010n, 4n);
    const others = [
      section(0x600800n, 8n, SHT.NOBITS, SHF.ALLOC | SHF.TLS),
      section(0x600800n, 8n, PROGBITS, 0n),
      section(0x700000n, 8n),
    ];
    const last = section(0x602ff0n, 16n);
    assert.deepEqual(usedWith(data, ...others, last), [0x10, 0x14, 0x2ff0, 3 * PAGE]);
  });

  it('are all of it where there are more sections than any linker makes', () => {
    const many = Array.from({ length: 2000 }, (_, i) => section(0x600010n + BigInt(i) * 2n, 1n));
    assert.deepEqual(usedWith(...many), [0x10, 3 * PAGE]);
  });
});
