// A byte order mark in a name is part of the name.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The NUL-terminated string at `offset` of a string table, at most `limit` bytes of it; undefined
 * where the offset lies outside the table or no NUL ends the string before the table does.
 */
export function stringAt(table: Uint8Array, offset: number, limit: number): string | undefined {
  if (offset >= table.length) return undefined;
  const bytes = table.subarray(offset, offset + limit);
  const end = bytes.indexOf(0);
  if (end >= 0) return utf8.decode(bytes.subarray(0, end));
  return offset + limit < table.length ? utf8.decode(bytes) : undefined;
}

/** `stringAt` for many strings of one table: the table is decoded once, and names are cut from it. */
export function stringTable(
  table: Uint8Array,
  limit: number,
): (offset: number) => string | undefined {
  const ended = table.subarray(0, table.lastIndexOf(0) + 1);
  const text = utf8.decode(ended);
  // Decoding never gives more characters than bytes. As many means that each byte became one
  // character, and offsets hold; this is ASCII, as in nearly all files.
  if (text.length !== ended.length) return (offset) => stringAt(ended, offset, limit);
  return (offset) => {
    if (offset >= text.length) return undefined;
    const rest = text.slice(offset, offset + limit);
    const end = rest.indexOf('\0');
    return end < 0 ? rest : rest.slice(0, end);
  };
}
