/**
 * Two static FreeBSD 4.8 i386 programs, made without a FreeBSD compiler: the test program of the
 * thread "ten thousand small processes" (freebsd-performance, June 2003) as its author's `ps` and
 * page counts show it.
 *
 * What is faithful is the layout, and only that is read by an estimate: headers, sections and
 * their sizes. The code does what the program does, in FreeBSD's system call convention, but its
 * malloc is a stand-in that moves the break and not phkmalloc, and it was never run on FreeBSD; the rest of
 * .text and .data, where the C library would be, is filler.
 */
import { absolute, assemble, label, relative, u32 } from './fixtures-code.mjs';

const PAGE = 0x1000;
const TEXT = 0x08048000;
const FREEBSD_4_8 = 480000; // __FreeBSD_version
const ELFOSABI_FREEBSD = 9;
const EM_386 = 3;
const NOBITS = 8;
const A = 2; // SHF_ALLOC
const WA = 3;
const AX = 6;

/** Where each part begins, in bytes from the start of the file, which is the start of the text. */
const NOTE = 52 + 3 * 32; // right behind the file header and three program headers
const INIT = 0xac;
const CODE = 0xb8;
const FINI = 0x1fd8;
const RODATA = 0x1fe0;
/** The text ends early in its third page; ld begins the data one page on, at the same place in it. */
const TEXT_END = 0x20c0;
const DATA = TEXT + TEXT_END + PAGE;
const DATA_SIZE = 0x2a0;
const EH_FRAME = DATA + DATA_SIZE;
const CTORS = EH_FRAME + 4;
const DTORS = CTORS + 8;
const DATA_END = DTORS + 8;
const BSS_SIZE = 200;

/** @returns {Record<string, import('../test/support/elf-builder.js').ImageSpec>} by file name */
export function freebsdImages() {
  const behindData = Math.ceil(DATA_END / 32) * 32;
  const nextPage = Math.ceil(DATA_END / PAGE) * PAGE;
  return { 'tiny.freebsd': image(behindData), 'tiny-split.freebsd': image(nextPage) };
}

/** @param {number} bss address of .bss */
function image(bss) {
  const end = bss + BSS_SIZE;
  return {
    class: 32,
    machine: EM_386,
    osAbi: ELFOSABI_FREEBSD,
    entry: TEXT + CODE,
    segments: [
      { flags: 5, offset: 0, address: TEXT, fileSize: TEXT_END },
      {
        flags: 6,
        offset: TEXT_END,
        address: DATA,
        fileSize: DATA_END - DATA,
        memorySize: end - DATA,
      },
      { type: 4, address: TEXT + NOTE, fileSize: 24, align: 4 },
    ],
    sections: sections(bss, end),
  };
}

function sections(bss, end) {
  const text = (name, offset, size, content, flags = AX) => {
    const filler = flags === AX ? 0x90 : 0;
    return {
      name,
      flags,
      address: TEXT + offset,
      content: filled(content, size, filler),
      align: 4,
    };
  };
  const data = (name, address, content) => ({ name, flags: WA, address, content, align: 4 });
  const constructors = [...u32(0xffffffff), ...u32(0)]; // list head and end, nothing between
  const code = program({ current_break: DATA, ten_seconds: TEXT + RODATA });
  return [
    { ...text('.note.ABI-tag', NOTE, 24, abiTag(), A), type: 7 },
    text('.init', INIT, 11, [0xc3]),
    text('.text', CODE, FINI - CODE, code),
    text('.fini', FINI, 6, [0xc3]),
    { ...text('.rodata', RODATA, TEXT_END - RODATA, [...u32(10), ...u32(0)], A), align: 32 },
    { ...data('.data', DATA, filled(u32(end), DATA_SIZE, 0)), align: 32 },
    data('.eh_frame', EH_FRAME, u32(0)),
    data('.ctors', CTORS, constructors),
    data('.dtors', DTORS, constructors),
    { name: '.bss', type: NOBITS, flags: WA, address: bss, size: BSS_SIZE, align: 32 },
    { name: '.comment', content: [...'\0Pagecost fixture\0'].map((c) => c.charCodeAt(0)) },
  ];
}

const abiTag = () => [
  ...u32(8),
  ...u32(4),
  ...u32(1), // the ABI tag's type
  ...[...'FreeBSD\0'].map((c) => c.charCodeAt(0)),
  ...u32(FREEBSD_4_8),
];

function filled(content, size, filler) {
  if (content.length > size) throw new Error(`${content.length} bytes do not fit in ${size}`);
  return [...content, ...Array(size - content.length).fill(filler)];
}

// i386 instructions.
const PUSH = 0x68;
const CALL = 0xe8;
const POP_EAX = 0x58;
const PUSH_EAX = 0x50;
const RET = 0xc3;
const push = (value) => [PUSH, ...u32(value)];

/**
 * int 0x80 as FreeBSD wants it: number in eax, arguments on the stack above a word that would be a
 * return address; the carry flag says that it failed.
 */
const systemCall = (number) => [PUSH_EAX, 0xb8, ...u32(number), 0xcd, 0x80];
const SYS_EXIT = 1;
const SYS_BREAK = 17;
const SYS_NANOSLEEP = 240;

function program(symbols) {
  const allocate = (bytes) => [push(bytes), [CALL], relative('malloc'), [POP_EAX]];
  return assemble(
    TEXT + CODE,
    [
      label('start'),
      ...[360, 80, 180, 16, 440].flatMap(allocate),
      push(0),
      [PUSH],
      absolute('ten_seconds'),
      systemCall(SYS_NANOSLEEP),
      push(0),
      systemCall(SYS_EXIT),

      label('malloc'), // the old break is the memory, the new one is the old one plus the size
      [0x8b, 0x0d],
      absolute('current_break'), // mov ecx, [current_break]
      [0x8b, 0x44, 0x24, 0x04], // mov eax, [esp + 4]
      [0x01, 0xc8], // add eax, ecx
      [PUSH_EAX],
      systemCall(SYS_BREAK),
      [POP_EAX, POP_EAX], // the dummy word, then the new break; flags stay
      [0x72, 0x08], // jc failed
      [0xa3],
      absolute('current_break'), // mov [current_break], eax
      [0x89, 0xc8], // mov eax, ecx
      [RET],
      [0x31, 0xc0, RET], // failed: xor eax, eax
    ],
    symbols,
  );
}
