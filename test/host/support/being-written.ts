import fs from 'node:fs';

/** A file that seems to have been written just now, whenever somebody asks. */
interface BeingWritten {
  /** How often it was asked about, apart from what is asked at once. */
  looks(): number;
  /** It is what it is. */
  end(): void;
}

export function beingWritten(path: string): BeingWritten {
  const { statSync: ask } = fs;
  let looks = 0;
  let last = 0;
  const asJustWritten = (...about: Parameters<typeof ask>) => {
    const stat = ask(...about);
    if (about[0] !== path) return stat;
    if (Date.now() - last > 200) looks++;
    last = Date.now();
    return Object.assign(stat ?? {}, { mtimeMs: Date.now() });
  };
  Object.assign(fs, { statSync: asJustWritten });
  return { looks: () => looks, end: () => Object.assign(fs, { statSync: ask }) };
}
