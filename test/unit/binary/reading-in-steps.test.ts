import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from '../../../src/binary/crc32.js';
import { readElf } from '../../../src/binary/elf.js';
import { readSymbolTable, type SymbolTable } from '../../../src/binary/elf-symbol-index.js';
import { type ByteSource, memorySource } from '../../../src/binary/source.js';
import { withFileInSteps } from '../../../src/program/open-file.js';
import { atOnce, type Steps } from '../../../src/steps.js';
import { buildElf, type SectionSpec } from '../../support/elf-builder.js';
import { symbolSections } from '../../support/symbol-table.js';

const MIB = 1 << 20;
const SYMBOLS = 200_000;
const X86_64 = { class: 64, littleEndian: true } as const;

describe('Reading symbols in steps', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagecost-steps-'));
  const path = join(folder, 'program');
  let image: Uint8Array;
  before(() => {
    image = imageOf(X86_64);
  });
  beforeEach(() => writeFileSync(path, image));
  after(() => rmSync(folder, { recursive: true }));

  it('reads no more than some MiB in one', () => {
    const { most, value } = watched(path, tableIn);
    assert.equal(atOnce(value?.index() ?? assert.fail()).count, SYMBOLS);
    assert(most <= 4 * MIB, `${most} bytes`);
  });

  it('reads no more than that for the CRC of a debug file', () => {
    const { most, value } = watched(path, crc32);
    assert.equal(value, atOnce(crc32(memorySource(image))));
    assert(most <= MIB, `${most} bytes`);
  });

  it('turns words of another byte order round in steps', () => {
    const little = counted(tableIn(memorySource(image)));
    const big = counted(tableIn(memorySource(imageOf({ class: 64, littleEndian: false }))));
    assert(big.steps > little.steps);
    const index = atOnce(big.value?.index() ?? assert.fail());
    assert.equal(index.lookup(nameOf(SYMBOLS - 1))[0]?.address, BigInt(SYMBOLS - 1));
  });

  it('looks in steps for the end of the last name where none is near the end of the table', () => {
    const readNames = (filling: number) => {
      const table = tableIn(memorySource(imageOf(X86_64, new Uint8Array(40 * MIB).fill(filling))));
      const { steps, value } = counted(table);
      const index = atOnce(value?.index() ?? assert.fail());
      assert.equal(index.lookup(nameOf(SYMBOLS - 1))[0]?.address, BigInt(SYMBOLS - 1));
      return steps;
    };
    assert(readNames(1) >= readNames(0) + 2);
  });

  it('closes the file at the end, where reading fails, and where it is given up', () => {
    let source: ByteSource | undefined;
    const isOpen = () => source?.read(0, 4).length === 4;
    function* reading({ source: opened }: { readonly source: ByteSource }): Steps<number> {
      source = opened;
      yield;
      if (!isOpen()) throw new Error('closed');
      yield;
      return 1;
    }
    assert.deepEqual(atOnce(withFileInSteps(path, reading)), { value: 1 });
    assert.equal(isOpen(), false);
    for (const end of [(s: Steps<unknown>) => s.return(1), (s: Steps<unknown>) => s.throw('no')]) {
      const steps = withFileInSteps(path, reading);
      steps.next();
      assert.equal(isOpen(), true);
      try {
        end(steps as Steps<unknown>);
      } catch {}
      assert.equal(isOpen(), false);
    }
    assert('problem' in atOnce(withFileInSteps(folder, reading)));
  });

  it('of a file that is replaced meanwhile: the one it began with', () => {
    const steps = withFileInSteps(path, ({ source }) => tableIn(source));
    for (let i = 0; i < 2; i++) steps.next(); // of the table, there is a part by now
    writeFileSync(join(folder, 'next'), 'another');
    renameSync(join(folder, 'next'), path);
    const opened = atOnce(steps);
    const table = 'value' in opened ? opened.value : undefined;
    assert.equal(atOnce(table?.index() ?? assert.fail()).count, SYMBOLS);
  });

  it('of a file that is cut meanwhile: what was there', () => {
    const steps = withFileInSteps(path, ({ source }) => tableIn(source));
    for (let i = 0; i < 2; i++) steps.next();
    truncateSync(path, 4096);
    const opened = atOnce(steps);
    const table = 'value' in opened ? opened.value : undefined;
    const index = atOnce(table?.index() ?? assert.fail());
    assert(index.count < SYMBOLS);
    assert.deepEqual(index.lookup(nameOf(SYMBOLS - 1)), []);
  });
});

const nameOf = (i: number): string => `a_variable_with_a_long_name_${i}`;

/** @param more bytes behind the names */
function imageOf(
  encoding: { readonly class: 64; readonly littleEndian: boolean },
  more = new Uint8Array(),
): Uint8Array {
  const text = { name: '.text', flags: 6, content: new Uint8Array(16) };
  const symbols = Array.from({ length: SYMBOLS }, (_, i) => ({ name: nameOf(i), address: i }));
  const [table, names] = symbolSections(symbols, encoding, 2) as [SectionSpec, SectionSpec];
  const strings = {
    ...names,
    content: Buffer.concat([Uint8Array.from(names.content ?? []), more]),
  };
  const sections = [text, table, strings];
  return buildElf({ ...encoding, machine: 62, sections });
}

function* tableIn(source: ByteSource): Steps<SymbolTable | undefined> {
  const { binary } = readElf(source);
  yield;
  return binary && (yield* readSymbolTable(source, binary));
}

/** How many bytes of a file were read in a step, at most. */
function watched<T>(path: string, use: (source: ByteSource) => Steps<T>) {
  let most = 0;
  let read = 0;
  const opened = withFileInSteps(path, function* ({ source }) {
    const steps = use({
      size: source.size,
      read(...range) {
        const bytes = source.read(...range);
        read += bytes.length;
        return bytes;
      },
    });
    for (let step = steps.next(); ; step = steps.next()) {
      most = Math.max(most, read);
      read = 0;
      if (step.done) return step.value;
      yield;
    }
  });
  const done = atOnce(opened);
  assert('value' in done);
  return { most, value: done.value };
}

function counted<T>(steps: Steps<T>) {
  for (let count = 1; ; count++) {
    const { done, value } = steps.next();
    if (done) return { steps: count, value };
  }
}
