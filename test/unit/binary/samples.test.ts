import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { freebsdImages } from '../../../scripts/fixtures-freebsd.mjs';
import { hostileImages } from '../../../scripts/fixtures-hostile.mjs';
import type { Binary } from '../../../src/binary/binary.js';
import { buildElf } from '../../support/elf-builder.js';
import { readSound } from '../../support/read-image.js';

const PAGE = 4096n;

describe('committed binaries', () => {
  it('are what the scripts write', () => {
    for (const [directory, images] of [
      ['sample', freebsdImages()],
      ['test/fixtures', hostileImages()],
    ] as const) {
      for (const [name, spec] of Object.entries(images)) {
        const path = `${directory}/${name}`;
        assert.ok(readFileSync(path).equals(buildElf(spec)), path);
      }
    }
  });

  const images = freebsdImages();
  for (const [name, together] of [
    ['tiny.freebsd', true],
    ['tiny-split.freebsd', false],
  ] as const) {
    it(`${name} has three pages of text, and data and bss ${together ? 'in one' : 'on two'}`, () => {
      const binary = readSound(images[name] ?? assert.fail());
      const [text, data] = binary.segments;
      assert.ok(text && data);
      assert.equal(text.address, 0x08048000n);
      assert.equal(pages(text.address, text.memorySize), 3n);
      assert.equal(pages(data.address, data.memorySize), together ? 1n : 2n);
      const bss = section(binary, '.bss');
      const { address, size } = section(binary, '.data');
      assert.equal(pages(address, size), 1n);
      assert.equal(pages(bss.address, bss.size), 1n);
      assert.equal(bss.address / PAGE === address / PAGE, together);
      assert.equal(binary.interpreter, undefined);
      assert.equal(binary.osAbi, 9);
    });
  }

  it('tiny.freebsd leaves some 3000 bytes of its data page to malloc', () => {
    const { address, memorySize } = readSound(images['tiny.freebsd'] ?? assert.fail())
      .segments[1] ?? { address: 0n, memorySize: 0n };
    assert.equal(PAGE - ((address + memorySize) % PAGE), 3000n);
  });
});

const pages = (address: bigint, size: bigint) => (address + size - 1n) / PAGE - address / PAGE + 1n;

const section = ({ sections }: Binary, name: string) =>
  sections.find((s) => s.name === name) ?? assert.fail(name);
