/** Signatures of the ZIP format (APPNOTE 4.3.12 and 4.3.16). */
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_END = 0x06054b50;
const ENTRY_SIZE = 46;
const END_SIZE = 22;

/** Names of the files in a ZIP archive without a comment, from its central directory. */
export function namesInZip(zip: Buffer): string[] {
  const end = zip.length - END_SIZE;
  if (zip.readUInt32LE(end) !== DIRECTORY_END) throw new Error('This is no ZIP archive.');
  const names: string[] = [];
  for (let at = zip.readUInt32LE(end + 16); at < end; ) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error(`No directory entry at ${at}.`);
    const nameLength = zip.readUInt16LE(at + 28);
    names.push(zip.toString('utf8', at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength));
    at += ENTRY_SIZE + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return names;
}
