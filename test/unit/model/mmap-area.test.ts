import assert from 'node:assert/strict';
import { type Block, blockOf, reserved } from '../../../src/model/mapping.js';
import { type MmapItem, mmapArea } from '../../../src/model/mmap-area.js';
import { run } from '../../../src/model/runs.js';

const PER_TABLE = 512;
const HUGE = 512;

/** A block of regions, each touched all over: where they begin, and their pages. */
const block = (...regions: readonly (readonly [start: number, pages: number])[]): Block =>
  blockOf(
    regions.map(([start, pages], i) => {
      const resident = run(start, pages);
      return { ...reserved(`region-${i}`, '', start, pages), resident, residentLeast: resident };
    }),
  );

const item = (of: Block, more: Partial<MmapItem> = {}): MmapItem => ({
  block: of,
  align: 1,
  when: 'start',
  ...more,
});

/** Where the items begin below a top that is a multiple of everything, and the tables they have. */
function placed(...items: readonly MmapItem[]) {
  const { clusters } = mmapArea(items, Float64Array.of(2 ** 20), PER_TABLE);
  const [cluster] = clusters;
  assert.ok(cluster);
  return { starts: cluster.starts(), touched: cluster.touched.most };
}

describe('the mmap area', () => {
  it('is filled from the top down', () => {
    assert.deepEqual(placed(item(block([0, 10])), item(block([0, 5]))).starts, [-10, -15]);
  });

  it('has what comes later in holes of a program, the highest that fits', () => {
    const program = block([0, 3], [16, 3]); // as one aligned to 64 KiB, loaded as a loader is
    const vdso = block([0, 8]);
    const holes = [3, 16];
    assert.deepEqual(placed(item(program, { holes }), item(vdso)).starts, [-19, -11]);
    assert.deepEqual(placed(item(program), item(vdso)).starts, [-19, -27]);
  });

  it('counts the tables of what lies in a hole', () => {
    const holes = [1, 5000];
    const { starts, touched } = placed(
      item(block([0, 1], [5000, 1]), { holes }),
      item(block([0, 3000])),
      item(block([0, 8])),
    );
    assert.deepEqual(starts, [-5001, -3001, -3009]);
    assert.deepEqual(touched, [-5001, -5000, -3009, 0]);
  });

  it('aligns a large file as high as there is room, and what follows goes above it', () => {
    const large = item(block([0, 600]), { align: HUGE });
    assert.deepEqual(placed(large, item(block([0, 8]))).starts, [-1024, -8]);
  });

  it('takes the lowest aligned place of what is reserved', () => {
    // 16 pages for what is aligned to 16 and has 9: 32 are asked for.
    const library = item(block([0, 9]), { align: 16, reserve: 32 });
    assert.deepEqual(placed(item(block([0, 3])), library).starts, [-3, -32]);
    assert.deepEqual(
      placed(item(block([0, 3])), library, item(block([0, 20]))).starts,
      [-3, -32, -23],
    );
  });
});
