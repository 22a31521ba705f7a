import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readElf } from '../../../src/binary/elf.js';
import { memorySource } from '../../../src/binary/source.js';
import { estimate } from '../../../src/model/estimate.js';
import { FREEBSD_4_8_I386 } from '../../../src/system/freebsd-4.8-i386.js';
import { LINUX_X86_64 } from '../../../src/system/linux-x86-64.js';
import type { System } from '../../../src/system/system.js';
import { buildElf, type ImageSpec } from '../../support/elf-builder.js';
import { conditions, sampleProgram } from '../../support/sample.js';

const SOUND: ImageSpec = {
  class: 64,
  machine: 62,
  segments: [{ flags: 5, address: 0x400000, content: new Uint8Array(100) }],
};

/** The codes of an image's diagnostics when there is no cost. */
function refused(image: ImageSpec, system?: System): readonly string[] {
  const { binary } = readElf(memorySource(buildElf(image)));
  assert.ok(binary);
  const program = { path: 'x', binary, interpreter: undefined, libraries: [], missing: [] };
  const { cost, diagnostics } = estimate(program, conditions({}, { system }));
  assert.equal(cost, undefined);
  for (const { message } of diagnostics) assert.match(message, /\.$/);
  return diagnostics.map((d) => d.code);
}

const withSegment = (segment: NonNullable<ImageSpec['segments']>[number]): ImageSpec => ({
  ...SOUND,
  segments: [segment],
});

describe('what there is no process of', () => {
  it('an object file, a kernel module, a core dump, a file of no known type', () => {
    assert.deepEqual(refused({ ...SOUND, type: 1 }), ['object-file']);
    const modinfo = { name: '.modinfo', content: [0] };
    assert.deepEqual(refused({ ...SOUND, type: 1, sections: [modinfo] }), ['kernel-module']);
    assert.deepEqual(refused({ ...SOUND, type: 4 }), ['core-dump']);
    assert.deepEqual(refused({ ...SOUND, type: 99 }), ['bad-header']);
  });

  it('a file with nothing to load', () => {
    assert.deepEqual(refused({ ...SOUND, segments: [] }), ['no-segments']);
  });

  it('a system the model does not know, or that does not run such programs', () => {
    assert.deepEqual(refused({ ...SOUND, machine: 8 }), ['unknown-system']);
    assert.deepEqual(refused(SOUND, FREEBSD_4_8_I386), ['unknown-system']);
  });

  it('more program headers than fit in a page, and not one less', () => {
    const segments = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ address: 0x400000 + i * 4096, memorySize: 4096 }));
    for (const [width, machine, most] of [
      [64, 62, 73],
      [32, 3, 128],
    ] as const) {
      const image = { ...SOUND, class: width, machine };
      const costs = [most, most + 1].map((count) => {
        const { binary } = readElf(memorySource(buildElf({ ...image, segments: segments(count) })));
        assert.equal(binary?.segments.length, count);
        const program = { path: 'x', binary, interpreter: undefined, libraries: [], missing: [] };
        return estimate(program, conditions());
      });
      assert.ok(costs[0]?.cost);
      assert.equal(costs[1]?.cost, undefined);
      assert.equal(costs[1]?.diagnostics.at(-1)?.code, 'kernel-refuses');
    }
    assert.deepEqual(refused({ ...SOUND, segments: segments(65_000) }), ['kernel-refuses']);
  });

  it('segments a kernel refuses', () => {
    const address = 0x400000;
    const content = new Uint8Array(100);
    const beyond = withSegment({ address, content, memorySize: 2n ** 63n });
    assert.deepEqual(refused(beyond), ['kernel-refuses']);
    assert.ok(
      refused(withSegment({ address, content, memorySize: 50 })).includes('kernel-refuses'),
    );
    assert.deepEqual(refused(withSegment({ address: address + 1, content, offset: 0 })), [
      'kernel-refuses',
    ]);
    assert.deepEqual(refused(withSegment({ address: 2n ** 64n - 4096n, content })), [
      'kernel-refuses',
    ]);
  });

  it('an alignment beyond any page', () => {
    const content = new Uint8Array(100);
    for (const align of [2n ** 31n, 2n ** 53n, 2n ** 63n]) {
      const image = withSegment({ address: 0x400000, content, align });
      assert.deepEqual(refused(image), ['not-modelled']);
      assert.deepEqual(refused({ ...image, type: 3 }), ['not-modelled']);
    }
  });

  it('a program for another system of the same machine', () => {
    assert.deepEqual(refused({ ...SOUND, osAbi: 9 }, LINUX_X86_64), ['unknown-system']);
  });

  it('heap requests for which there is no room', () => {
    for (const name of ['tiny-musl', 'tiny-glibc-static', 'tiny.freebsd']) {
      for (const heap of [Array(40).fill(2 ** 47), [2 ** 47], [2 ** 33]]) {
        const { cost, diagnostics } = estimate(sampleProgram(name), conditions({ heap }));
        const tooMuch = name === 'tiny.freebsd' || heap[0] === 2 ** 47;
        assert.equal(cost === undefined, tooMuch, `${name} ${heap[0]}`);
        if (tooMuch) assert.equal(diagnostics.at(-1)?.code, 'kernel-refuses');
      }
    }
  });

  it('says where it is not the kernel but the model that gives up', () => {
    const content = new Uint8Array(3 * 4096);
    const image: ImageSpec = {
      ...SOUND,
      segments: [
        { address: 0x400000, content },
        { address: 0x401000, content },
      ],
    };
    assert.deepEqual(refused(image), ['not-modelled']);
  });
});

describe('what costs an unknown amount', () => {
  it('a library no loader could map', () => {
    const bad = sampleProgram('tiny-musl').binary;
    const segments = bad.segments.map((s) => ({ ...s, memorySize: 2n ** 63n }));
    const library = { name: 'libbad.so', path: 'libbad.so', binary: { ...bad, segments } };
    const program = { ...sampleProgram('tiny-musl'), libraries: [library] };
    const { cost, diagnostics } = estimate(program, conditions());
    assert.equal(cost?.incomplete, true);
    assert.ok(diagnostics.some((d) => /^libbad\.so is not part/.test(d.message)));
  });

  it('Go’s runtime', () => {
    const notes = [{ owner: 'Go', type: 4, descriptor: [1] }];
    const { binary } = readElf(memorySource(buildElf({ ...SOUND, notes })));
    assert.ok(binary);
    const program = { path: 'x', binary, interpreter: undefined, libraries: [], missing: [] };
    const { cost } = estimate(program, conditions());
    assert.ok(cost?.rows.some((row) => row.id === 'runtime:go' && row.bytes === undefined));
  });

  it('libraries of a file that ends before it names them', () => {
    const image = readFileSync('sample/tiny-glibc');
    const { binary } = readElf(memorySource(image.subarray(0, 3000)));
    assert.ok(binary);
    const program = { path: 'x', binary, interpreter: undefined, libraries: [], missing: [] };
    const { cost } = estimate(program, conditions());
    assert.ok(cost?.rows.some((row) => row.id === 'unread' && row.bytes === undefined));
    assert.equal(cost?.incomplete, true);
  });

  it('a library that was not found is a row without a number, and the sum is a lower bound', () => {
    const program = {
      ...sampleProgram('tiny-musl'),
      missing: [{ name: 'libgone.so.1', reason: 'Nobody has it.' }],
    };
    const { cost, diagnostics } = estimate(program, conditions());
    assert.equal(cost?.incomplete, true);
    const rows = cost?.rows.filter((row) => row.object === 'libgone.so.1') ?? [];
    assert.deepEqual(
      rows.map(({ category, bytes, quality }) => [category, bytes, quality]),
      [
        ['private', undefined, 'unknown'],
        ['shared', undefined, 'unknown'],
      ],
    );
    assert.deepEqual(
      diagnostics.map((d) => d.code),
      ['library-missing', 'assumed'], // its C library, too: musl leaves no mark
    );
  });
});
