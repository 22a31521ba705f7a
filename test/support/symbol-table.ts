import type { SectionSpec, Word } from './elf-builder.js';

/** A symbol to write, or not to be believed. */
export interface TableSymbol {
  readonly name: string;
  readonly address?: Word;
  readonly size?: Word;
  /** `st_info`; default: a global object. */
  readonly info?: number;
  /** `st_shndx`; default 1. */
  readonly section?: number;
  /** `st_name`; default: where the name is. */
  readonly nameAt?: number;
}

const SHT = { SYMTAB: 2, STRTAB: 3 } as const;
const GLOBAL_OBJECT = 0x11;

/**
 * .symtab and .strtab as the sections with the numbers `index` and `index` + 1 of an image. Written
 * by the gABI's tables and not with the reader's.
 */
export function symbolSections(
  symbols: readonly TableSymbol[],
  encoding: { readonly class: 32 | 64; readonly littleEndian: boolean },
  index: number,
): SectionSpec[] {
  const wide = encoding.class === 64;
  const bytes = wide ? 24 : 16;
  const little = encoding.littleEndian;
  const table = new DataView(new ArrayBuffer((symbols.length + 1) * bytes));
  const encoder = new TextEncoder();
  const strings = encoder.encode(['', ...symbols.map(({ name }) => name), ''].join('\0'));
  let nameAt = 1;
  symbols.forEach((symbol, i) => {
    const at = (i + 1) * bytes;
    table.setUint32(at, symbol.nameAt ?? nameAt, little);
    table.setUint8(at + (wide ? 4 : 12), symbol.info ?? GLOBAL_OBJECT);
    table.setUint16(at + (wide ? 6 : 14), symbol.section ?? 1, little);
    const word = (where: number, value: Word) =>
      wide
        ? table.setBigUint64(at + where, BigInt(value), little)
        : table.setUint32(at + where, Number(value), little);
    word(wide ? 8 : 4, symbol.address ?? 0);
    word(wide ? 16 : 8, symbol.size ?? 0);
    nameAt += encoder.encode(symbol.name).length + 1;
  });
  return [
    {
      name: '.symtab',
      type: SHT.SYMTAB,
      content: new Uint8Array(table.buffer),
      link: index + 1,
      entrySize: bytes,
    },
    { name: '.strtab', type: SHT.STRTAB, content: strings },
  ];
}
