import * as l10n from '@vscode/l10n';
import { integer, plainDigits } from '../format.js';
import { isProcessCount } from './total.js';

/** More requests, or larger sizes, are a mistake in typing rather than a program's start-up. */
const MOST_REQUESTS = 10_000;
const LARGEST_SIZE = 2 ** 40;
const UNITS: Readonly<Record<string, number>> = { kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30 };

/** What a list of requests says: sizes in bytes, nothing, or why it cannot be understood. */
export type ParsedRequests =
  | { readonly ok: true; readonly requests: readonly number[] | undefined }
  | { readonly ok: false; readonly message: string };

/** A process count as typed ("10,000", "10 000", "25k", "1e6"); undefined unless 1 to 1,000,000. */
export function parseProcesses(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?(?:e\d)?)(k|m)?$/i.exec(joined(text));
  if (!match) return undefined;
  const unit = { k: 1000, m: 1_000_000 }[match[2]?.toLowerCase() ?? ''] ?? 1;
  // 1.001 × 1000 is 1000.9999999999999 in a double.
  const processes = Number((Number(match[1]) * unit).toPrecision(12));
  return isProcessCount(processes) ? processes : undefined;
}

/**
 * malloc requests as typed: "360, 80, 64 KiB", separated by commas or spaces; "none" for a program that
 * asks for nothing; empty where nobody says.
 */
export function parseRequests(text: string): ParsedRequests {
  const words = text.trim().split(/\s*[,;]\s*|\s+(?![kmg]ib)/i);
  // A list that is being typed ends with a comma.
  if (words.at(-1) === '') words.pop();
  if (words.length === 0) return { ok: true, requests: undefined };
  if (words.length === 1 && words[0]?.toLowerCase() === 'none') return { ok: true, requests: [] };
  if (words.length > MOST_REQUESTS) {
    return { ok: false, message: l10n.t('At most {0} requests.', integer(MOST_REQUESTS)) };
  }
  const sizes = words.map(parseBytes);
  const bad = sizes.indexOf(undefined);
  return bad < 0
    ? { ok: true, requests: sizes as number[] }
    : {
        ok: false,
        message: l10n.t(
          '“{0}” is no size in bytes or with KiB or MiB, up to 1 TiB.',
          words[bad]?.slice(0, 20) ?? '',
        ),
      };
}

/** Whole bytes as typed ("65536", "65,536", "64 KiB", "1.5 MiB"); undefined unless 0 to 2^40. */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+|\d+\.\d+(?=[kmg]ib$))([kmg]ib)?$/i.exec(joined(text));
  if (!match) return undefined;
  const size = Number(match[1]) * (UNITS[match[2]?.toLowerCase() ?? ''] ?? 1);
  return Number.isInteger(size) && size <= LARGEST_SIZE ? size : undefined;
}

/** Percent as typed ("50", "12.5 %"), as a share; undefined unless 0 to 100. */
export function parsePercent(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*%?$/.exec(plainDigits(text.trim()));
  return match && Number(match[1]) <= 100 ? Number(match[1]) / 100 : undefined;
}

/** Without what people put between the digits of a number. */
const joined = (text: string) => plainDigits(text.replace(/[\s_']/g, ''));
