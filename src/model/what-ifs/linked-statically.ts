import type { Binary } from '../../binary/binary.js';
import { type CLibrary, type CLibraryId, cLibraryOn } from '../../system/c-library.js';
import type { Row } from '../cost.js';
import { unknownRow } from '../ledger.js';
import { lastWritable } from '../object.js';
import { atFixedAddresses } from '../relink.js';
import type { Subject } from '../what-if.js';

/** Pages of a PageSet and of the counts in C libraries, in bytes. */
const PAGE = 4096n;

/**
 * A program with the C library in it, at fixed addresses, and no dynamic loader. Its own segments stay;
 * of the library's data there are at least the pages that start-up writes. What else the linker takes
 * in is not known before: `linkedInRows` says so.
 */
export function linkedStatically(subject: Subject, id: CLibraryId): Subject {
  const { program, system } = subject;
  const cLibrary = cLibraryOn(id, system.machine);
  const binary: Binary = {
    ...atFixedAddresses(program.binary),
    interpreter: undefined,
    dynamic: undefined,
    relocated: [],
    relocatedWhenFixed: [],
    // What a static program has may be its own C library's.
    linksFree: program.interpreter ? program.binary.linksFree : undefined,
  };
  return {
    ...subject,
    cLibrary,
    program: {
      ...program,
      binary: withDataOf(cLibrary, binary),
      interpreter: undefined,
      libraries: [],
      missing: [],
    },
  };
}

/** The last of the written file pages is the one where bss begins, which the program has already. */
function withDataOf({ staticFilePages, staticBssPages = 0 }: CLibrary, binary: Binary): Binary {
  const last = lastWritable(binary);
  if (!last) return binary;
  const fileSize = last.fileSize + BigInt(Math.max(0, staticFilePages - 1)) * PAGE;
  const bss = last.memorySize - last.fileSize + BigInt(staticBssPages) * PAGE;
  // Any C library has some bss, if only for the environment's address.
  const data = { ...last, fileSize, memorySize: fileSize + (bss > 0n ? bss : 1n) };
  return { ...binary, segments: binary.segments.map((s) => (s === last ? data : s)) };
}

/** That the library's part of the file is not known. */
export const linkedInRows = (rows: readonly Row[]): readonly Row[] => [
  ...rows,
  unknownRow(
    'shared',
    'shared:linked-in',
    'What is linked in of the libraries',
    'Only the linker knows how much it takes; it is in RAM once.',
  ),
];
