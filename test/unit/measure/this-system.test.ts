import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Binary } from '../../../src/binary/binary.js';
import { type KernelFacts, matchingSystem, thisSystem } from '../../../src/measure/this-system.js';
import { sampleProgram } from '../../support/sample.js';

const { binary } = sampleProgram('tiny-musl');
const facts: KernelFacts = {
  machine: 'x86-64',
  flags: new Set(['fpu', 'lm']),
  pageSize: 4096,
  stackEnd: 0x7ffe12345,
};
const idOf = (more: Partial<KernelFacts>, of: Binary = binary) =>
  matchingSystem(of, { ...facts, ...more })?.id;

describe('the system that this machine is', () => {
  it('goes by what the kernel does with page tables', () => {
    assert.equal(idOf({}), 'linux-x86-64');
    assert.equal(idOf({ flags: new Set(['pti']) }), 'linux-x86-64-pti');
    assert.equal(idOf({ flags: new Set(['la57']) }), 'linux-x86-64-la57');
    assert.equal(idOf({ flags: new Set(['la57', 'pti']) }), undefined);
  });

  it('goes by the size of pages and of the address space on arm64', () => {
    const arm64: Binary = { ...binary, machine: 'arm64' };
    for (const [pageSize, bits, id] of [
      [4096, 39, 'linux-arm64-4k-39'],
      [4096, 48, 'linux-arm64-4k-48'],
      [16_384, 47, 'linux-arm64-16k'],
      [65_536, 42, 'linux-arm64-64k'],
    ] as const) {
      const stackEnd = (2 ** bits - 2 ** 30) / pageSize;
      assert.equal(idOf({ machine: 'arm64', pageSize, stackEnd }, arm64), id);
    }
  });

  it('is none where machine, word size, page size or address space are others', () => {
    assert.equal(idOf({ machine: 'arm64' }), undefined);
    assert.equal(idOf({ machine: undefined }), undefined);
    assert.equal(idOf({}, { ...binary, machine: 'i386', class: 32 }), undefined);
    assert.equal(idOf({}, { ...binary, class: 32 }), undefined);
    assert.equal(idOf({ pageSize: 16_384 }), undefined);
    assert.equal(idOf({ stackEnd: 2 ** 45 }), undefined);
  });

  if (process.platform === 'linux' && process.arch === 'x64') {
    it('is that of the flags in /proc/cpuinfo (tested on Linux, x86-64 only)', () => {
      const flags = /^flags.*$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[0] ?? '';
      const top = thisSystem(binary)?.geometry.levels.at(-1);
      assert.ok(top || / la57( |$)/.test(flags));
      if (top) assert.equal(top.tableBytes, / pti( |$)/.test(flags) ? 8192 : 4096);
    });
  }
});
