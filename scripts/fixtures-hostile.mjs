/**
 * Sound little x86-64 Linux programs whose names attack whoever shows them: HTML, Markdown links
 * to commands, terminal escapes, spreadsheet formulas, paths out of the workspace.
 */
import { absolute, assemble, u32 } from './fixtures-code.mjs';

const EM_X86_64 = 62;
const TEXT = 0x400000;
const CODE = 0x1000;
const DATA = 0x402000;
const NOBITS = 8;
const WA = 3;
const AX = 6;

/** @returns {Record<string, import('../test/support/elf-builder.js').ImageSpec>} by file name */
export function hostileImages() {
  return { 'hostile-names': hostileNames(), 'hostile-dynamic': hostileDynamic() };
}

/** Names of sections; one of each kind of place a name can end up in. */
const NAMES = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  '[click](command:workbench.action.closeWindow)',
  '`${process.exit()}` **bold** $(trash) | cell |',
  '\x1b[31mred\x1b[0m\x1b]0;title\x07',
  'two\nlines\r\n\tand a tab',
  '\u202egnp.txet\u202c \u2066isolate\u2069',
  'zero\u200bwidth\ufeff',
  '=HYPERLINK("http://example.invalid","x")',
  '__proto__',
  'constructor',
  '../../../etc/passwd',
  '.text PROGBITS 0000000000000000 000000 000000 00  AX  0   0  1',
  '%s%n%d',
  '\u{1f4a3} emoji',
  ' ',
  '',
  'n'.repeat(4096),
];
const NOT_UTF8 = Uint8Array.of(0x2e, 0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80);

function hostileNames() {
  return { ...PROGRAM, sections: namedSections([...NAMES, NOT_UTF8]) };
}

function hostileDynamic() {
  return {
    ...PROGRAM,
    interpreter: '/<img src=x onerror=alert(1)>\x1b[31m',
    dynamic: {
      needed: [
        'libc.so.6',
        '<img src=x onerror=alert(1)>',
        '../../../../etc/passwd',
        '/dev/zero', // opened without care, it never ends
        '/dev/tty',
        'lib\u202eos.\nx',
        '',
        'n'.repeat(4096),
      ],
      soname: '[click](command:workbench.action.closeWindow)',
      runpath: '$ORIGIN/../../../..:/proc/self/fd::relative:${LIB}/\u0000hidden',
      rela: [{ offset: DATA, type: 8, addend: TEXT }],
    },
    notes: [{ owner: '<b>GNU</b>', type: 1, descriptor: [] }],
    sections: namedSections(['<img src=x onerror=alert(1)>']),
  };
}

const PROGRAM = {
  class: 64,
  machine: EM_X86_64,
  entry: TEXT + CODE,
  segments: [
    { flags: 5, offset: 0, address: TEXT, fileSize: CODE + 0x100 },
    { flags: 6, offset: 0x2000, address: DATA, fileSize: 0x20, memorySize: 0x1000 },
  ],
};

/** The program's own sections, and between them one of each name, so that a view shows them all. */
function namedSections(names) {
  const named = names.map((name, i) => ({
    name,
    type: NOBITS,
    flags: WA,
    address: DATA + 0x20 + i * 16,
    size: 16,
  }));
  const program = { flags: AX, address: TEXT + CODE, content: sleepAndExit(), align: 16 };
  const data = { flags: WA, address: DATA, content: [...u32(10), ...Array(28).fill(0)], align: 16 };
  return [{ name: '.text', ...program }, { name: '.data', ...data }, ...named];
}

/** nanosleep(&timespec, NULL); exit_group(0); the timespec begins .data. */
function sleepAndExit() {
  return assemble(
    TEXT + CODE,
    [
      [0xbf],
      absolute('ten_seconds'), // mov edi, ten_seconds
      [0x31, 0xf6], // xor esi, esi
      [0xb8, ...u32(35), 0x0f, 0x05], // mov eax, 35; syscall
      [0x31, 0xff], // xor edi, edi
      [0xb8, ...u32(231), 0x0f, 0x05], // mov eax, 231; syscall
    ],
    { ten_seconds: DATA },
  );
}
