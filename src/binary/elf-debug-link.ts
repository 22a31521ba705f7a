import type { Binary } from './binary.js';
import { atMost, fieldsOf } from './fields.js';
import type { ByteSource } from './source.js';
import { stringAt } from './strings.js';

/** What a stripped file says of the one that has its symbols (GDB manual, Separate Debug Files). */
export interface DebugLink {
  /** Its name, without a directory. */
  readonly name: string;
  /** CRC-32 of all of it. */
  readonly crc: number;
}

/** A name of the longest that file systems have, its NUL and padding, and the CRC. */
const MAX_LINK = 264;
/** Of notes with owner GNU (glibc's elf/elf.h). */
const NT_GNU_BUILD_ID = 3;

/** Reads .gnu_debuglink; undefined where there is none, or where what it names is no file's name. */
export function readDebugLink(source: ByteSource, binary: Binary): DebugLink | undefined {
  const section = binary.sections.find(({ name }) => name === '.gnu_debuglink');
  if (!section || section.offset >= BigInt(source.size)) return undefined;
  const size = atMost(section.size, MAX_LINK);
  const bytes = source.read(Number(section.offset), size);
  const end = bytes.indexOf(0);
  const crcAt = Math.ceil((end + 1) / 4) * 4;
  const name = stringAt(bytes, 0, MAX_LINK);
  if (!name || name.includes('/') || name === '.' || name === '..') return undefined;
  if (crcAt + 4 > bytes.length) return undefined;
  return { name, crc: fieldsOf(bytes, binary).u32(crcAt) };
}

/** The build id, in hexadecimal digits: two builds that differ have not the same. */
export function buildIdOf({ notes }: Binary): string | undefined {
  const note = notes.find(({ owner, type }) => owner === 'GNU' && type === NT_GNU_BUILD_ID);
  // With one byte there would be a directory and no file.
  if (!note || note.descriptor.length < 2) return undefined;
  return note.descriptor.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
