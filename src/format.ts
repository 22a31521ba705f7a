const KIB = 1024;
const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;
const LONGEST_NAME = 120;
/**
 * By the most decimals. Made once: `toLocaleString` makes one each time, which costs a hundred times the
 * formatting.
 */
const FORMATS = [0, 1, 2].map(
  (maximumFractionDigits) => new Intl.NumberFormat('en-US', { maximumFractionDigits }),
) as [Intl.NumberFormat, Intl.NumberFormat, Intl.NumberFormat];
const WHOLE = FORMATS[0];

/** Characters that show as something else than themselves: controls, bidi, zero-width, separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\ufe00-\ufe0f]/gu;

/** A size for people, in IEC units, three digits or so: "512 B", "4 KiB", "78.1 MiB", "1.76 GiB". */
export function bytes(n: number): string {
  const magnitude = Math.abs(n);
  if (magnitude < KIB) return `${integer(n)} B`;
  let value = n / KIB;
  let unit = 0;
  // 1023.96 KiB would be written "1,024 KiB": it is a MiB by then.
  while (Math.abs(value) >= 1023.95 && unit < UNITS.length - 1) {
    value /= KIB;
    unit++;
  }
  return `${short(value)} ${UNITS[unit]}`;
}

/** The bytes themselves: "4,096 bytes". */
export const exactBytes = (n: number): string => `${integer(n)} ${n === 1 ? 'byte' : 'bytes'}`;

/** A whole number with separators: "10,000". */
export const integer = (n: number | bigint): string =>
  WHOLE.format(typeof n === 'bigint' ? n : Math.round(n));

/** A number and its noun: "1 page", "2,048 pages". */
export const counted = (n: number, noun: string): string =>
  `${integer(n)} ${noun}${Math.round(n) === 1 ? '' : 's'}`;

/** A share from 0 to 1, to a tenth of a percent: "4.4 %". */
export const percent = (share: number): string =>
  `${FORMATS[share < 0.9995 ? 1 : 0].format(share * 100)} %`;

/** An address of a page: "0x7ffffffff000". */
export const pageAddress = (page: number, pageSize: number): string =>
  `0x${(BigInt(page) * BigInt(pageSize)).toString(16)}`;

/** A number in hex: "0x1f". */
export const hex = (n: number): string => `0x${n.toString(16)}`;

/**
 * A name out of a file, fit to be shown: what cannot be seen, or turns the text around it, is
 * written as \u{…}, and no more than 120 characters are left. It is still text and no HTML.
 */
export function printable(name: string): string {
  // Only as much as can be shown is looked at: a name may be megabytes.
  const head = [...name.slice(0, LONGEST_NAME * 2)];
  const cut = head.length > LONGEST_NAME || name.length > LONGEST_NAME * 2;
  const escaped = head.slice(0, cut ? LONGEST_NAME - 1 : LONGEST_NAME).map(escapeCharacter);
  // Cut again, between characters: an escape is up to ten times as long.
  let shown = '';
  for (const character of escaped) {
    if (shown.length + character.length > LONGEST_NAME - 1) return `${shown}…`;
    shown += character;
  }
  return cut ? `${shown}…` : shown;
}

/** Text of ours with names in it, of any length: `printable` of each of its words. */
export const printableText = (text: string): string => text.split(' ').map(printable).join(' ');

/** A printable name of at most so many characters, for a column. */
export function shortName(name: string, longest: number): string {
  const shown = printable(name);
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
}

/** What is allowed in some memory, as /proc/PID/maps and readelf write it: "rw-". */
export const protection = (memory: {
  readonly readable: boolean;
  readonly writable: boolean;
  readonly executable: boolean;
}): string =>
  (memory.readable ? 'r' : '-') + (memory.writable ? 'w' : '-') + (memory.executable ? 'x' : '-');

const escapeCharacter = (character: string) =>
  character.replace(UNPRINTABLE, (c) => `\\u{${(c.codePointAt(0) as number).toString(16)}}`);

function short(value: number): string {
  const magnitude = Math.abs(value);
  const digits = magnitude < 9.995 ? 2 : magnitude < 999.5 ? 1 : 0;
  return FORMATS[digits].format(value);
}
