import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { crc32 } from '../../../src/binary/crc32.js';
import { readElf } from '../../../src/binary/elf.js';
import { memorySource } from '../../../src/binary/source.js';
import { loadingSymbols } from '../../../src/program/debug-file.js';
import { atOnce } from '../../../src/steps.js';
import { buildElf, type ImageSpec } from '../../support/elf-builder.js';
import { symbolSections } from '../../support/symbol-table.js';

const X86_64 = { class: 64, littleEndian: true, machine: 62 } as const;
const TEXT = { name: '.text', flags: 6, content: new Uint8Array(16) };
const ID = [0xab, 0xcd, 0xef, 1];
const BY_ID = 'usr/lib/debug/.build-id/ab/cdef01.debug';

describe('the symbols of a stripped program', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pagecost-debug-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const put = (path: string, image: Uint8Array) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, image);
    return file;
  };
  /** @param sysroot whether all this lies below one */
  const load = (image: Uint8Array, sysroot = true) => {
    const path = put('opt/app/program', image);
    const { binary } = readElf(memorySource(image));
    assert(binary);
    const { index, debugFile } = atOnce(loadingSymbols(path, binary, sysroot ? folder : undefined));
    return { count: index?.lookup('counter').length, debugFile, isWhole: index?.isWhole };
  };

  it('are those of the file with its build id', () => {
    const debugFile = put(BY_ID, whole({ notes: buildId(ID) }));
    const stripped = buildElf({ ...X86_64, notes: buildId(ID) });
    assert.deepEqual(load(stripped), { count: 1, debugFile, isWhole: true });
  });

  it('are those of the file its link names: beside it, in .debug, or of the system', () => {
    const image = whole();
    const stripped = linked('program.debug', atOnce(crc32(memorySource(image))));
    const system = put('usr/lib/debug/opt/app/program.debug', image);
    assert.equal(load(stripped).debugFile, system);
    const hidden = put('opt/app/.debug/program.debug', image);
    assert.equal(load(stripped, false).debugFile, hidden);
    const beside = put('opt/app/program.debug', image);
    assert.deepEqual(load(stripped), { count: 1, debugFile: beside, isWhole: true });
  });

  it('are not those of another build', () => {
    put(BY_ID, whole({ notes: buildId([9, 9, 9, 9]) }));
    const none = { count: undefined, debugFile: undefined, isWhole: undefined };
    assert.deepEqual(load(buildElf({ ...X86_64, notes: buildId(ID) })), none);
    const image = whole();
    put('opt/app/program.debug', image);
    assert.deepEqual(load(linked('program.debug', atOnce(crc32(memorySource(image))) ^ 1)), none);
    const other = whole({ machine: 183 });
    put('opt/app/program.debug', other);
    assert.deepEqual(load(linked('program.debug', atOnce(crc32(memorySource(other))))), none);
  });

  it('are not looked for in what is no file, is stripped too, or is too large to verify', () => {
    const none = { count: undefined, debugFile: undefined, isWhole: undefined };
    const stripped = linked('program.debug', 0);
    mkdirSync(join(folder, 'opt/app/program.debug'), { recursive: true });
    assert.deepEqual(load(stripped), none);
    rmSync(join(folder, 'opt/app/program.debug'), { recursive: true });
    const huge = put('opt/app/program.debug', whole());
    truncateSync(huge, 1 << 40);
    assert.deepEqual(load(stripped), none);
    rmSync(huge);
    symlinkSync('program.debug', huge);
    assert.deepEqual(load(stripped), none);
    put(BY_ID, buildElf({ ...X86_64, notes: buildId(ID) }));
    assert.deepEqual(load(buildElf({ ...X86_64, notes: buildId(ID) })), none);
  });

  it('are its own where it has them, and the exported ones where there are no others', () => {
    put(BY_ID, whole({ notes: buildId(ID) }));
    const own = load(whole({ notes: buildId(ID) }));
    assert.deepEqual(own, { count: 1, debugFile: undefined, isWhole: true });
    rmSync(join(folder, BY_ID));
    const [table, strings] = symbolSections([{ name: 'counter', size: 4 }], X86_64, 2);
    const sections = [TEXT, { ...table, name: '.dynsym', type: 11 }, strings ?? TEXT];
    const exported = load(buildElf({ ...X86_64, notes: buildId(ID), sections }));
    assert.deepEqual(exported, { count: 1, debugFile: undefined, isWhole: false });
  });
});

const buildId = (descriptor: readonly number[]) => [{ owner: 'GNU', type: 3, descriptor }];

const whole = (more: Partial<ImageSpec> = {}) =>
  buildElf({
    ...X86_64,
    sections: [TEXT, ...symbolSections([{ name: 'counter', size: 4 }], X86_64, 2)],
    ...more,
  });

function linked(name: string, crc: number): Uint8Array {
  const content = new Uint8Array(Math.ceil((name.length + 1) / 4) * 4 + 4);
  content.set(Buffer.from(name));
  new DataView(content.buffer).setUint32(content.length - 4, crc, true);
  return buildElf({ ...X86_64, sections: [TEXT, { name: '.gnu_debuglink', content }] });
}
