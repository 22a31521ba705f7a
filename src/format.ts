import * as l10n from '@vscode/l10n';
import { msg } from './msg.js';

const KIB = 1024;
const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;
const LONGEST_NAME = 120;

const formatsOf = (id: string) => {
  const upTo = (maximumFractionDigits: number) =>
    new Intl.NumberFormat(id, { maximumFractionDigits });
  return {
    /** By the most decimals. */
    upTo: [upTo(0), upTo(1), upTo(2)] as const,
    oneDecimal: new Intl.NumberFormat(id, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    twoDecimals: new Intl.NumberFormat(id, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
      useGrouping: false,
    }),
  };
};
let language = 'en';
/**
 * Made once, since `toLocaleString` makes one each time, which costs a hundred times the formatting; and when
 * the first is needed, since the first of a process takes 15 ms, which is most of what activation may.
 */
let made: ReturnType<typeof formatsOf> | undefined;
const formats = () => (made ??= formatsOf(language));

/** Writes figures, and reads typed ones, as a language does from here on: "10.000" and "1,5" in German. */
export function figuresIn(id: string): void {
  language = id;
  made = undefined;
}

/** Undefined for the user's own: English is written in many ways. */
const timesIn = () => (language === 'en' ? undefined : language);

/**
 * Typed digits as `Number` reads them: "10,000" and "1.5", or in German "10.000" and "1,5". A mark that
 * separates thousands has three digits behind it; one that has not is left as it is, for many write 1.5
 * in any language.
 */
export function plainDigits(typed: string): string {
  const parts = formats().upTo[1].formatToParts(1000.5);
  const mark = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return typed
    .replace(new RegExp(`[${mark('group')}](?=\\d{3}(?!\\d))`, 'g'), '')
    .replace(mark('decimal'), '.');
}

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
export const exactBytes = (n: number): string => counted(n, msg('{0} byte'), msg('{0} bytes'));

/** A whole number with separators: "10,000". */
export const integer = (n: number | bigint): string =>
  formats().upTo[0].format(typeof n === 'bigint' ? n : Math.round(n));

/**
 * A number in one of two texts for translation, with {0} for it: "1 page", "2,048 pages". More places are
 * for `others`.
 */
export function counted(
  n: number,
  one: string,
  many: string,
  ...others: readonly string[]
): string {
  const text = Math.round(n) === 1 ? one : many;
  return l10n.t(text, integer(n), ...others);
}

/** "1 page", "2,048 pages". */
export const countedPages = (n: number): string => counted(n, msg('{0} page'), msg('{0} pages'));

/** How many pages so many bytes are: "3", or of a mean "12.1". */
export const pagesIn = (bytes: number, pageSize: number): string =>
  formats().upTo[1].format(bytes / pageSize);

/** A number with just one decimal: "24.0", "1,234.5". */
export const oneDecimal = (n: number): string => formats().oneDecimal.format(n);

/** A number with just two decimals: "4.00", "11.12". */
export const twoDecimals = (n: number): string => formats().twoDecimals.format(n);

/** A number to a hundredth: "12.04", "1,234.5". */
export const hundredths = (n: number): string => formats().upTo[2].format(n);

/** A number with two decimals at most: "11.12", "372". */
export const decimal = (n: number): string => formats().upTo[n < 100 ? 2 : 0].format(n);

/** A time of day: "10:42:03". @param time in ms since 1970 */
export const timeOfDay = (time: number): string => new Date(time).toLocaleTimeString(timesIn());

/** The same, with its day where that is not today. */
export const timeOrDay = (time: number): string =>
  new Date(time).toDateString() === new Date().toDateString() ? timeOfDay(time) : dayAndTime(time);

/** The same with its day. */
export const dayAndTime = (time: number): string => new Date(time).toLocaleString(timesIn());

/** A share from 0 to 1, to a tenth of a percent: "4.4 %"; of less, but not nothing, "< 0.1 %". */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return `< ${formats().upTo[1].format(0.1)} %`;
  return `${formats().upTo[share < 0.9995 ? 1 : 0].format(share * 100)} %`;
}

/** An address of a page: "0x7ffffffff000". */
export const pageAddress = (page: number, pageSize: number): string =>
  hex(BigInt(page) * BigInt(pageSize));

/** A number in hex: "0x1f". */
export const hex = (n: number | bigint): string => `0x${n.toString(16)}`;

/**
 * A name out of a file, fit to be shown: what cannot be seen, or turns the text around it, is
 * written as \u{…}, and no more than 120 characters are left. It is still text and no HTML.
 */
export function printable(name: string): string {
  if (name.length < LONGEST_NAME && name.search(UNPRINTABLE) < 0) return name; // as most are
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
  return formats().upTo[digits].format(value);
}
