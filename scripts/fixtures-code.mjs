/**
 * As much of an assembler as the fixtures need: bytes, labels, and 32-bit references to labels.
 *
 * @typedef {{ label: string } | { relative: string } | { absolute: string } | number[]} Item
 */

/** @param {string} name */
export const label = (name) => ({ label: name });
/** Distance from the end of the reference to the label, as in `call` and `jmp`. @param {string} to */
export const relative = (to) => ({ relative: to });
/** Address of a label, or of one of `symbols`. @param {string} of */
export const absolute = (of) => ({ absolute: of });

/** A 32-bit little-endian number. @param {number} value */
export const u32 = (value) => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);

/**
 * @param {number} address of the first byte
 * @param {Item[]} items
 * @param {Record<string, number>} symbols addresses of what lies elsewhere
 * @returns {number[]}
 */
export function assemble(address, items, symbols = {}) {
  const labels = { ...symbols, ...labelAddresses(address, items) };
  const find = (name) => {
    if (!(name in labels)) throw new Error(`no label ${name}`);
    return labels[name];
  };
  const code = [];
  for (const item of items) {
    if (Array.isArray(item)) code.push(...item);
    else if ('relative' in item)
      code.push(...u32(find(item.relative) - (address + code.length + 4)));
    else if ('absolute' in item) code.push(...u32(find(item.absolute)));
  }
  return code;
}

function labelAddresses(address, items) {
  const labels = {};
  let at = address;
  for (const item of items) {
    if (Array.isArray(item)) at += item.length;
    else if ('label' in item) labels[item.label] = at;
    else at += 4;
  }
  return labels;
}
