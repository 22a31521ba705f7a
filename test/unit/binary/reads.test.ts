import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readElf } from '../../../src/binary/elf.js';
import { countingSource } from '../../../src/binary/source.js';
import { withSource } from '../../support/elf-files.js';
import { SPARSE_SIZE, writeSparseElf } from '../../support/sparse-elf.js';

const MIB = 2 ** 20;
const SHF_ALLOC = 2n;
/** SHT_RELA, SHT_REL, SHT_RELR */
const RELOCATIONS = [4, 9, 19];

describe('bytes read', () => {
  it('are less than 1 MiB, and the relocation tables, of the program that runs this', () => {
    withSource(process.execPath, (file) => {
      const source = countingSource(file);
      const { binary } = readElf(source);
      assert.ok(binary);
      const tables = binary.sections
        .filter(({ type, flags }) => RELOCATIONS.includes(type) && (flags & SHF_ALLOC) !== 0n)
        .reduce((sum, { size }) => sum + Number(size), 0);
      assert.ok(source.bytesRead >= tables, `${source.bytesRead} bytes read, ${tables} in tables`);
      assert.ok(source.bytesRead < MIB + tables, `${source.bytesRead} bytes read`);
    });
  });

  it('are a few KiB of a file of 96 GiB', () => {
    const directory = mkdtempSync(join(tmpdir(), 'pagecost-sparse-'));
    try {
      const path = join(directory, 'sparse');
      writeSparseElf(path);
      withSource(path, (file) => {
        assert.equal(file.size, SPARSE_SIZE);
        const source = countingSource(file);
        const { binary, diagnostics } = readElf(source);
        assert.deepEqual(diagnostics, []);
        assert.deepEqual(
          binary?.sections.map(({ name }) => name),
          ['', '.text', '.bss', '.shstrtab'],
        );
        assert.ok(source.bytesRead <= 12 << 10, `${source.bytesRead} bytes read`);
      });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
