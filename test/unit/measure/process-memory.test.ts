import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseSmaps, readProcessMemory } from '../../../src/measure/process-memory.js';

const SMAPS = `00400000-00401000 r--p 00000000 fe:00 12   /tmp/a name
Size:                  4 kB
Rss:                   4 kB
Private_Dirty:         0 kB
7ffe00000000-7ffe00021000 rw-p 00000000 00:00 0                          [stack]
Size:                132 kB
Rss:                  12 kB
Private_Dirty:         8 kB
ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
Rss:                   0 kB
`;

describe('the memory of a live process', () => {
  it('is read region by region, without the kernel’s own page', () => {
    const regions = parseSmaps(SMAPS);
    assert.deepEqual(
      regions.map(({ name, access, resident, privateDirty }) => [
        name,
        access,
        resident,
        privateDirty,
      ]),
      [
        ['/tmp/a name', 'r--p', 4096, 0],
        ['[stack]', 'rw-p', 12_288, 8192],
      ],
    );
    assert.equal(regions[1]?.end, 0x7ffe00021000n);
  });

  it('of this process adds up to what the kernel says of it', () => {
    const memory = readProcessMemory(process.pid);
    assert.ok(typeof memory !== 'string');
    const mapped = memory.regions.reduce((sum, r) => sum + Number(r.end - r.start), 0);
    assert.equal(mapped, memory.addressSpace);
    assert.ok(memory.tables > 0 && memory.privateDirty > 0);
  });

  it('is not there for a process that is not, or has ended and not been waited for', async () => {
    assert.match(String(readProcessMemory(2 ** 22 + 1)), /no process/);
    const child = spawn('/bin/true');
    await once(child, 'exit');
    assert.match(String(readProcessMemory(child.pid ?? 0)), /no process|ended/);
  });
});
