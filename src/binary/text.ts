const utf8 = new TextDecoder();

/**
 * The NUL-terminated string at `offset` of a string table, at most `limit` bytes of it; undefined
 * where the offset lies outside the table or no NUL ends the string before the table does.
 */
export function stringAt(table: Uint8Array, offset: number, limit: number): string | undefined {
  if (offset >= table.length) return undefined;
  let end = offset;
  const stop = Math.min(table.length, offset + limit);
  let ascii = true;
  while (end < stop) {
    const byte = table[end] as number;
    if (byte === 0) break;
    if (byte > 0x7f) ascii = false;
    end++;
  }
  if (end === table.length) return undefined;
  const bytes = table.subarray(offset, end);
  // Most names are short ASCII, and TextDecoder's set-up costs more than they do.
  return ascii && bytes.length < 64 ? String.fromCharCode(...bytes) : utf8.decode(bytes);
}
