/**
 * Compares our reader with binutils' readelf on every ELF file of /usr/bin and /usr/lib, or of the
 * directories given: type, entry point, interpreter, every segment and every section.
 *
 *   node scripts/readelf-all.mjs [DIRECTORY…]
 *
 * Prints each difference and the count of files; exits with 1 where there was any.
 */
import { loadTypeScript } from './load-typescript.mjs';

const { SYSTEM_DIRECTORIES, differences, elfFiles, readElf, readelf, withSource } =
  await loadTypeScript('test/support/elf-files.ts', 'test/support/readelf.ts', 'src/binary/elf.ts');

const directories = process.argv.slice(2);
const files = elfFiles(directories.length > 0 ? directories : SYSTEM_DIRECTORIES);
const theirs = readelf(files);
let different = 0;
let segments = 0;
let sections = 0;
for (const path of files) {
  const { binary } = withSource(path, readElf);
  const found = binary ? differences(binary, theirs.get(path)) : ['our reader read nothing'];
  if (found.length > 0) different++;
  for (const difference of found) console.log(`${path}: ${difference}`);
  segments += binary?.segments.length ?? 0;
  sections += binary?.sections.length ?? 0;
}
console.log(
  `${files.length} files compared, with ${segments} segments and ${sections} sections: ${different} differ.`,
);
process.exitCode = different > 0 || files.length === 0 ? 1 : 0;
