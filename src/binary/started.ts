import type { Binary } from './binary.js';
import { type ElfReading, readElf } from './elf.js';
import type { ByteSource } from './source.js';

/** The first bytes of every ELF file (gABI chapter 4, e_ident). */
const ELF = [0x7f, 0x45, 0x4c, 0x46];

/** What an ELF file holds; undefined of any other, of which nothing but the first bytes is read. */
export function readIfElf(source: ByteSource): ElfReading | undefined {
  const start = source.read(0, ELF.length);
  return ELF.every((byte, i) => start[i] === byte) ? readElf(source) : undefined;
}

/** Whether a binary is to be started, as object files, core dumps and most shared objects are not. */
export const isStarted = ({ type, interpreter, dynamic }: Binary): boolean =>
  type === 'executable' ||
  (type === 'shared' && (interpreter !== undefined || dynamic?.pie === true));
