/** The number of the page that an address is on. */
export const pageOf = (address: bigint, pageSize: number): number =>
  Number(address / BigInt(pageSize));

/** The number of the first page that begins at an address or behind it. */
export const pageAfter = (end: bigint, pageSize: number): number =>
  Number((end + BigInt(pageSize) - 1n) / BigInt(pageSize));
