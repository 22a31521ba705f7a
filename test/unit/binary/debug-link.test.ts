import assert from 'node:assert/strict';
import { crc32 } from '../../../src/binary/crc32.js';
import { readElf } from '../../../src/binary/elf.js';
import { buildIdOf, readDebugLink } from '../../../src/binary/elf-debug-link.js';
import { memorySource } from '../../../src/binary/source.js';
import { atOnce } from '../../../src/steps.js';
import { buildElf } from '../../support/elf-builder.js';

describe('what a stripped file says of its symbols', () => {
  const linkOf = (content: Uint8Array, littleEndian = true) => {
    const sections = [{ name: '.gnu_debuglink', content }];
    const source = memorySource(buildElf({ class: 64, littleEndian, machine: 62, sections }));
    const { binary } = readElf(source);
    assert(binary);
    return readDebugLink(source, binary);
  };
  const link = (name: string, padding: number) =>
    Buffer.concat([Buffer.from(name), Buffer.alloc(padding), Buffer.from([4, 3, 2, 1])]);

  it('is the name of a file, and its CRC in the byte order of the file', () => {
    assert.deepEqual(linkOf(link('abc.debug', 3)), { name: 'abc.debug', crc: 0x01020304 });
    assert.deepEqual(linkOf(link('abc', 1)), { name: 'abc', crc: 0x01020304 });
    assert.deepEqual(linkOf(link('abcd', 4), false), { name: 'abcd', crc: 0x04030201 });
  });

  it('is nothing where it is no name, or cut off', () => {
    for (const name of ['', '.', '..', '../x', '/etc/passwd', 'a/b']) {
      assert.equal(linkOf(link(name, 4 - (name.length % 4))), undefined, name);
    }
    assert.equal(linkOf(Buffer.from('abc\0\x01\x02')), undefined);
    assert.equal(linkOf(Buffer.from('endless')), undefined);
    assert.equal(linkOf(Buffer.alloc(70_000, 'a')), undefined);
    assert.equal(linkOf(new Uint8Array()), undefined);
  });

  it('is the build id', () => {
    const idOf = (descriptor: readonly number[], owner = 'GNU', type = 3) => {
      const notes = [{ owner, type, descriptor }];
      const { binary } = readElf(memorySource(buildElf({ class: 64, machine: 62, notes })));
      assert(binary);
      return buildIdOf(binary);
    };
    assert.equal(idOf([0, 0xab, 0x0c]), '00ab0c');
    assert.equal(idOf([1]), undefined);
    assert.equal(idOf([1, 2, 3], 'GNU', 1), undefined);
    assert.equal(idOf([1, 2, 3], 'Go'), undefined);
  });

  it('has the CRC of gzip', () => {
    const of = (text: string) => atOnce(crc32(memorySource(Buffer.from(text))));
    assert.equal(of('123456789'), 0xcbf43926); // the check value of the catalogue of CRCs
    assert.equal(of(''), 0);
    assert.equal(atOnce(crc32(memorySource(new Uint8Array((1 << 20) + 1)))), 0xc6a48b28);
  });
});
