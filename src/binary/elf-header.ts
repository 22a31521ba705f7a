import * as l10n from '@vscode/l10n';
import { printable } from '../format.js';
import type { BinaryType, Machine } from './binary.js';
import type { Report } from './diagnostic.js';
import { type Encoding, fieldsOf } from './fields.js';
import { notElf } from './not-elf.js';
import type { ByteSource } from './source.js';

/** The file header, with the table positions it declares; counts may still be escapes. */
export interface ElfHeader extends Encoding {
  readonly osAbi: number;
  readonly type: BinaryType;
  readonly machine: Machine;
  readonly machineCode: number;
  readonly entry: bigint;
  readonly segmentTable: Table;
  readonly sectionTable: Table;
  /** Section that holds the section names; may be the escape SHN_XINDEX. */
  readonly namesIndex: number;
}

export interface Table {
  /** Position of the first entry in the file, in bytes. */
  readonly offset: bigint;
  readonly entrySize: number;
  readonly count: number;
  /** Position of the header field that holds the count, for diagnostics. */
  readonly countField: number;
}

/** Bytes of a script's first line that a kernel looks at (BINPRM_BUF_SIZE), without its `#!`. */
const MAX_SCRIPT_LINE = 254;

// Machine codes of the ELF registry (gABI chapter 4 and the processors' own supplements).
const MACHINES: Readonly<Record<number, Machine>> = {
  2: 'sparc',
  3: 'i386',
  4: 'm68k',
  8: 'mips',
  15: 'parisc',
  18: 'sparc',
  20: 'ppc',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  42: 'sh',
  43: 'sparcv9',
  50: 'ia64',
  62: 'x86-64',
  183: 'arm64',
  243: 'riscv',
  258: 'loongarch',
  0x9026: 'alpha',
};

const TYPES: Readonly<Record<number, BinaryType>> = {
  1: 'relocatable',
  2: 'executable',
  3: 'shared',
  4: 'core',
};

/** Bytes of the file header: 52 of a 32-bit file, 64 of a 64-bit one (gABI chapter 4). */
const headerSize = (encoding: Encoding): number => (encoding.class === 64 ? 64 : 52);

/** Reads the file header; undefined, with a diagnostic, where there is none to read. */
export function readElfHeader(source: ByteSource, report: Report): ElfHeader | undefined {
  const ident = source.read(0, 16);
  if (ident[0] === 0x23 && ident[1] === 0x21) {
    report('script', 0, scriptMessage(source.read(2, MAX_SCRIPT_LINE)));
    return undefined;
  }
  const encoding = readEncoding(ident, report);
  if (!encoding) return undefined;
  const size = headerSize(encoding);
  const bytes = source.read(0, size);
  if (bytes.length < size) {
    report(
      'truncated',
      bytes.length,
      l10n.t('The file ends after {0} of the {1} bytes of its ELF header.', bytes.length, size),
    );
    return undefined;
  }
  const fields = fieldsOf(bytes, encoding);
  const wide = encoding.class === 64;
  const machineCode = fields.u16(18);
  const tail = wide ? 52 : 40; // e_ehsize; the five 16-bit fields after it have the same order
  if (fields.u32(20) !== 1) {
    report(
      'bad-header',
      20,
      l10n.t('The ELF version (e_version) is {0}, but 1 is the only one there is.', fields.u32(20)),
    );
  }
  // Written out: to begin an object with another's properties takes V8 longer than all the rest.
  return {
    class: encoding.class,
    littleEndian: encoding.littleEndian,
    osAbi: fields.u8(7),
    type: TYPES[fields.u16(16)] ?? 'unknown',
    machine: MACHINES[machineCode] ?? 'unknown',
    machineCode,
    entry: fields.word(24),
    segmentTable: {
      offset: fields.word(wide ? 32 : 28),
      entrySize: fields.u16(tail + 2),
      count: fields.u16(tail + 4),
      countField: tail + 4,
    },
    sectionTable: {
      offset: fields.word(wide ? 40 : 32),
      entrySize: fields.u16(tail + 6),
      count: fields.u16(tail + 8),
      countField: tail + 8,
    },
    namesIndex: fields.u16(tail + 10),
  };
}

/** What to open instead of a script, by the rest of the line that begins with `#!`. */
function scriptMessage(start: Uint8Array): string {
  const [line = ''] = new TextDecoder().decode(start).split(/[\n\0]/, 1);
  const named = line.trim();
  return named === ''
    ? l10n.t('This is a script (#!), not a binary, and names no interpreter.')
    : l10n.t(
        'This is a script, not a binary: the process is that of its interpreter (#!{0}). Open that one instead.',
        printable(named),
      );
}

/** The first bytes of every ELF file (gABI chapter 4, e_ident). */
const ELF = [0x7f, 0x45, 0x4c, 0x46];

/** Bytes that tell whether a file is ELF. */
export const ELF_BYTES = ELF.length;

/** Whether a file that begins so is ELF; no others of its bytes are looked at. */
export const isElf = (start: Uint8Array): boolean => ELF.every((byte, i) => start[i] === byte);

/** Reads `e_ident`: whether this is ELF at all, and how its fields are stored. */
function readEncoding(ident: Uint8Array, report: Report): Encoding | undefined {
  if (ident.length === 0) {
    report('empty', 0, l10n.t('The file is empty.'));
    return undefined;
  }
  if (!isElf(ident)) {
    report('not-elf', 0, notElf(ident));
    return undefined;
  }
  if (ident.length < 16) {
    report(
      'truncated',
      ident.length,
      l10n.t('The file ends after {0} of the 16 bytes that identify an ELF file.', ident.length),
    );
    return undefined;
  }
  const fileClass = ident[4];
  const data = ident[5];
  if (fileClass !== 1 && fileClass !== 2) {
    report(
      'bad-header',
      4,
      l10n.t(
        'The class (EI_CLASS) is {0}, but must be 1 for 32-bit or 2 for 64-bit.',
        String(fileClass),
      ),
    );
    return undefined;
  }
  if (data !== 1 && data !== 2) {
    report(
      'bad-header',
      5,
      l10n.t(
        'The byte order (EI_DATA) is {0}, but must be 1 for little-endian or 2 for big-endian.',
        String(data),
      ),
    );
    return undefined;
  }
  return { class: fileClass === 2 ? 64 : 32, littleEndian: data === 1 };
}
