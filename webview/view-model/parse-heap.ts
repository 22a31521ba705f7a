/** More requests, or larger ones, are a mistake in typing rather than a program's start-up. */
const MOST_REQUESTS = 10_000;
const LARGEST_REQUEST = 2 ** 40;

/** What the heap field says: requests in bytes, nothing said, or why it cannot be understood. */
export type HeapText =
  | { readonly ok: true; readonly requests: readonly number[] | undefined }
  | { readonly ok: false; readonly message: string };

/**
 * malloc requests as typed: "360, 80, 180", separated by commas or spaces; "none" for a program that
 * asks for nothing; empty where nobody says.
 */
export function parseHeap(text: string): HeapText {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  if (words.length === 0) return { ok: true, requests: undefined };
  if (words.length === 1 && words[0]?.toLowerCase() === 'none') return { ok: true, requests: [] };
  if (words.length > MOST_REQUESTS) {
    return { ok: false, message: `At most ${MOST_REQUESTS} requests.` };
  }
  const bad = words.find((word) => !/^\d+$/.test(word) || Number(word) > LARGEST_REQUEST);
  if (bad !== undefined) {
    return { ok: false, message: `“${bad.slice(0, 20)}” is not a size in whole bytes.` };
  }
  return { ok: true, requests: words.map(Number) };
}
