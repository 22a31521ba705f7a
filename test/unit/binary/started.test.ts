import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readElf } from '../../../src/binary/elf.js';
import { readIfStarted } from '../../../src/binary/elf-started.js';
import { type ByteSource, countingSource, memorySource } from '../../../src/binary/source.js';
import { buildElf } from '../../support/elf-builder.js';
import { elfFiles, SYSTEM_DIRECTORIES, sampleOf, withSource } from '../../support/elf-files.js';

/** By all that is read of a file. */
function isStarted(source: ByteSource): boolean {
  const { binary } = readElf(source);
  if (!binary) return true;
  const { type, interpreter, dynamic } = binary;
  return (
    type === 'executable' || (type === 'shared' && (interpreter !== undefined || !!dynamic?.pie))
  );
}

describe('What is to be started', () => {
  const samples = readdirSync('sample').map((name) => join('sample', name));

  it('is told from headers as from the whole file, which is then read', () => {
    const files = [...sampleOf(elfFiles(SYSTEM_DIRECTORIES), 200), ...elfFiles(['sample', 'test'])];
    let started = 0;
    for (const path of files) {
      withSource(path, (source) => {
        const reading = readIfStarted(source);
        assert.equal(reading !== undefined, isStarted(source), path);
        if (reading) assert.deepEqual(reading, readElf(source), path);
        if (reading) started++;
      });
    }
    assert.ok(started > 3 && started < files.length, `${started} of ${files.length}`);
  });

  it('is nothing that is no ELF file, of which the first page is read', () => {
    for (const path of samples.filter((name) => name.endsWith('.c'))) {
      withSource(path, (source) => {
        const counting = countingSource(source);
        assert.equal(readIfStarted(counting), undefined);
        assert.ok(counting.bytesRead <= 4096);
      });
    }
    assert.equal(readIfStarted(memorySource(new Uint8Array())), undefined);
  });

  it('is what begins as an ELF file and is cut off: why it cannot be read is said', () => {
    const file = buildElf({ class: 64, littleEndian: true, machine: 62 });
    for (const length of [4, 16, 63]) {
      const reading = readIfStarted(memorySource(file.subarray(0, length)));
      assert.equal(reading?.binary, undefined);
      assert.match(reading?.diagnostics[0]?.message ?? '', /^The file ends after \d+ of the /);
    }
  });
});
