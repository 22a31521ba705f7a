import assert from 'node:assert/strict';
import { parseSmaps, systemPageSize } from '../../../src/measure/smaps.js';

const SMAPS = `00400000-00401000 r--p 00000000 fe:00 12   /tmp/a name
Size:                  4 kB
KernelPageSize:        4 kB
Rss:                   4 kB
Private_Dirty:         0 kB
Swap:                  0 kB
7ffe00000000-7ffe00021000 rw-p 00000000 00:00 0                          [stack]
Size:                132 kB
KernelPageSize:        4 kB
Rss:                  12 kB
Private_Dirty:         8 kB
Swap:                 16 kB
ff11000000000000-ff11000000001000 rw-p 00000000 00:00 0 
Size:                  4 kB
ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
Rss:                   0 kB
`;

describe('an smaps file', () => {
  const regions = parseSmaps(SMAPS);

  it('is read region by region, without the kernel’s own page', () => {
    const told = regions.map((r) => [r.name, r.access, r.resident, r.privateDirty, r.swapped]);
    assert.deepEqual(told, [
      ['/tmp/a name', 'r--p', 4096, 0, 0],
      ['[stack]', 'rw-p', 12_288, 8192, 16_384],
      ['', 'rw-p', 0, 0, 0],
    ]);
  });

  it('has addresses as exact numbers, and each region’s line in maps', () => {
    assert.equal(regions[1]?.end, 0x7ffe00021000);
    assert.equal(BigInt(regions[2]?.start ?? 0), 0xff11000000000000n);
    assert.match(regions[0]?.line ?? '', /^00400000-.* name$/);
  });

  it('tells the page size, where it does so of every region', () => {
    assert.equal(systemPageSize(regions.slice(0, 2)), 4096);
    assert.equal(systemPageSize(regions), undefined);
    const [first] = parseSmaps(
      SMAPS.replace('KernelPageSize:        4 kB', 'KernelPageSize: 0 kB'),
    );
    assert.equal(systemPageSize(first ? [first] : []), undefined);
    assert.equal(systemPageSize([]), undefined);
  });

  it('that is empty, or none, has no regions', () => {
    assert.deepEqual(parseSmaps(''), []);
    assert.deepEqual(parseSmaps('Rss: 4 kB\nnothing of the kind'), []);
  });
});
