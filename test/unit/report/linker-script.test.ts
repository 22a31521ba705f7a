import assert from 'node:assert/strict';
import { usualOutput } from '../../../src/report/input-section.js';
import { describedIn, regionNamed, scriptPlace } from '../../../src/report/linker-script.js';

const SCRIPT = `
/* Where things go: { ( */
MEMORY
{
  FLASH (rx) : ORIGIN = 0x08000000, LENGTH = 64K
  RAM (rwx)  : org = 0x20000000, l = 2M   /* all of it */
  OLD : o = 010 len = 100
  LATE (!w) : ORIGIN = ORIGIN(RAM) + LENGTH(RAM), LENGTH = 4K
  REST : ORIGIN = 0, LENGTH = 64K-16
}
SECTIONS
{
  . = SIZEOF_HEADERS;
  .text : { KEEP(*(SORT(.init.*))) *(.text) } > FLASH =0x90
  .data ALIGN(8) : AT(LOADADDR(.text) + SIZEOF(.text))
  {
    *(.data .data.*)
    *(EXCLUDE_FILE(*crt1.o) .sdata)
    end = .;
  } >RAM AT> FLASH :data
  .bss (NOLOAD) : { *(.bss.hot) *(COMMON) }
}
`;

describe('a place in a linker script', () => {
  const at = (marked: string) => scriptPlace(SCRIPT.slice(0, SCRIPT.indexOf(marked)));
  const cases: readonly (readonly [string, string | undefined, boolean])[] = [
    ['.init.*', '.text', true],
    ['.text) }', '.text', true],
    ['.data ALIGN', undefined, false],
    ['.text) +', undefined, false],
    ['.data.*', '.data', true],
    ['.sdata', '.data', true],
    ['end = .', '.data', false],
    ['.bss (', undefined, false],
    ['.bss.hot', '.bss', true],
    ['COMMON', '.bss', true],
    ['RAM (rwx)', undefined, false],
  ];
  for (const [marked, output, isInput] of cases) {
    it(`at ${marked}: ${output ?? 'in no section'}${isInput ? ', of input sections' : ''}`, () => {
      assert.deepEqual(at(marked), { output, isInput });
    });
  }

  it('is found in text that begins inside of a comment', () => {
    assert.equal(scriptPlace('of this } */ .bss : { *(').output, '.bss');
    assert.equal(scriptPlace('.bss : { /* *(').output, '.bss');
  });

  it('takes the output section from the brace, whatever is written before it', () => {
    assert.equal(scriptPlace('} > RAM .bss : ALIGN(4) SUBALIGN(4) { *(').output, '.bss');
    assert.equal(scriptPlace('}, /DISCARD/ : { *(').output, '/DISCARD/');
    assert.equal(scriptPlace('SECTIONS { ').output, undefined);
  });
});

describe('a region of memory', () => {
  it('has the numbers of its declaration', () => {
    assert.deepEqual(regionNamed('FLASH', SCRIPT), {
      name: 'FLASH',
      origin: 0x08000000n,
      length: 65536n,
    });
    assert.deepEqual(regionNamed('RAM', SCRIPT), {
      name: 'RAM',
      origin: 0x20000000n,
      length: 2n << 20n,
    });
    assert.deepEqual(regionNamed('OLD', SCRIPT), { name: 'OLD', origin: 8n, length: 100n });
  });

  it('is none where it has to be computed, or is not declared', () => {
    assert.equal(regionNamed('LATE', SCRIPT), undefined);
    assert.equal(regionNamed('REST', SCRIPT), undefined);
    assert.equal(regionNamed('SECTIONS', SCRIPT), undefined);
    assert.equal(regionNamed('(.*)', SCRIPT), undefined);
  });

  it('finds a region where a map lists it, and nowhere else in the map', () => {
    const map = `Memory Configuration

Name             Origin             Length             Attributes
FLASH            0x0000000000400000 0x0000000000040000 xr
RAM              0x0000000000600000 0x0000000000010000
*default*        0x0000000000000000 0xffffffffffffffff

Linker script and memory map

hot              0x0000000000600000      0x420
`;
    assert.deepEqual(regionNamed('FLASH', map), {
      name: 'FLASH',
      origin: 0x400000n,
      length: 0x40000n,
    });
    assert.deepEqual(regionNamed('RAM', map), { name: 'RAM', origin: 0x600000n, length: 65536n });
    assert.equal(regionNamed('hot', map), undefined);
  });
});

describe('a line of a linker script', () => {
  it('is about the section or region that it begins with', () => {
    assert.equal(describedIn('  .data ALIGN(8) : AT(x) { *(.data) } > RAM'), '.data');
    assert.equal(describedIn('RAM (rwx) : ORIGIN = 0, LENGTH = 1K'), 'RAM');
    assert.equal(describedIn('  end = a ? b : c;'), undefined);
    assert.equal(describedIn('    *(.data)'), undefined);
  });
});

describe('text that is no script', () => {
  // Each takes seconds where something is looked for again from every place in it.
  it('is done with at once', () => {
    for (const part of ['a', ' ', '(', '{', 'RAM(', '/*', '> a', ': a ', 'RAM :', '\n', '.a ']) {
      const text = part.repeat((1 << 16) / part.length);
      scriptPlace(text);
      scriptPlace(`${text}{`);
      regionNamed('RAM', text);
      describedIn(text);
    }
  });
});

describe('the usual output section', () => {
  it('is the one that the name goes on from with a dot', () => {
    assert.equal(usualOutput('.bss.hot'), '.bss');
    assert.equal(usualOutput('.data.rel.ro.local'), '.data.rel.ro');
    assert.equal(usualOutput('.data.counter'), '.data');
    assert.equal(usualOutput('COMMON'), '.bss');
    assert.equal(usualOutput('.bss'), undefined);
    assert.equal(usualOutput('.mine.x'), undefined);
    assert.equal(usualOutput('.database'), undefined);
  });
});
