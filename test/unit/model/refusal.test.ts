import assert from 'node:assert/strict';
import { readElf } from '../../../src/binary/elf.js';
import { memorySource } from '../../../src/binary/source.js';
import { estimate } from '../../../src/model/estimate.js';
import { FREEBSD_4_8_I386 } from '../../../src/system/freebsd-4.8-i386.js';
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
      ['library-missing'],
    );
  });
});
