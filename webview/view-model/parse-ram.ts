import { plainDigits } from '../../src/format.js';

const DECIMAL = 1000;
const BINARY = 1024;
const POWERS = ['b', 'k', 'm', 'g', 't', 'p'];

/**
 * A size of RAM as typed, in bytes: "16 GiB", "64g", "512M", "1.5 TiB". A lone letter counts in 1024s, as
 * everywhere in systems tools; "GB" is decimal, as written. Undefined for anything else, also for a
 * bare number: nobody can know whether it means bytes or gigabytes.
 */
export function parseRam(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmgtp])(ib|b)?$/i.exec(plainDigits(text.trim()));
  if (!match) return undefined;
  const [, digits, letter, suffix] = match;
  const power = POWERS.indexOf((letter as string).toLowerCase());
  if (power === 0 && suffix) return undefined;
  const base = suffix?.toLowerCase() === 'b' ? DECIMAL : BINARY;
  const bytes = Math.round(Number(digits) * base ** power);
  return bytes > 0 && bytes <= Number.MAX_SAFE_INTEGER ? bytes : undefined;
}
