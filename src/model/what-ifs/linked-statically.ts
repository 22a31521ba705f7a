import * as l10n from '@vscode/l10n';
import { type Binary, PT, type Segment } from '../../binary/binary.js';
import {
  type CLibrary,
  type CLibraryId,
  cLibraryOn,
  isMeasuredOn,
} from '../../system/c-library.js';
import type { Row } from '../cost.js';
import { unknownRow } from '../ledger.js';
import { lastWritable } from '../load-segments.js';
import { isCxxLibrary } from '../program.js';
import { atFixedAddresses } from '../relink.js';
import type { Subject } from '../what-if.js';

/** Bytes of the pages that are counted of C libraries. */
const PAGE = 4096n;

/** Why there is no saying what goes away with the libraries; undefined where there is. */
export function unknownNow({ program, cLibrary, system }: Subject): string | undefined {
  if (program.missing.length > 0) {
    return l10n.t('Libraries of it were not found: what they cost now is not known.');
  }
  return isMeasuredOn(cLibrary, system.machine)
    ? undefined
    : l10n.t('What its C library costs now was not measured on this machine.');
}

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
    sections: [], // their places are the old ones
    startUpVariables: undefined,
    // What a static program has may be its own C library's.
    linksFree: program.interpreter ? program.binary.linksFree : undefined,
    linksExceptionPool:
      program.binary.linksExceptionPool || program.libraries.some(({ name }) => isCxxLibrary(name)),
  };
  return {
    ...subject,
    cLibrary,
    program: {
      ...program,
      binary: withDataOf(cLibrary, subject.cLibrary, binary),
      interpreter: undefined,
      libraries: [],
      missing: [],
    },
  };
}

/**
 * The C library's data lies behind the program's, in RELRO, among other data and in bss, where a
 * static one was before.
 */
function withDataOf(cLibrary: CLibrary, before: CLibrary, binary: Binary): Binary {
  const data = lastWritable(binary);
  if (!data) return binary;
  const inRelro = BigInt(cLibrary.staticRelroPages) * PAGE;
  // The last of the written file pages is the one where bss begins, which the program has already.
  const behind = BigInt(Math.max(0, cLibrary.staticFilePages - 1)) * PAGE;
  const more = inRelro + BigInt(cLibrary.staticDataBytes ?? behind);
  const own = data.memorySize - data.fileSize - bssOf(before);
  const bss = (own > 0n ? own : 0n) + bssOf(cLibrary);
  const fileSize = data.fileSize + more;
  // Any C library has some bss, if only for the environment's address.
  const memorySize = fileSize + (bss > 0n ? bss : 1n);
  const changed = (s: Segment): Segment => {
    if (s === data) return { ...s, fileSize, memorySize };
    return s.type === PT.GNU_RELRO ? { ...s, memorySize: s.memorySize + inRelro } : s;
  };
  return { ...binary, segments: binary.segments.map(changed) };
}

const bssOf = ({ staticBss }: CLibrary): bigint => BigInt(staticBss?.bytes ?? 0);

/** That the library's part of the file is not known. */
export const linkedInRows = (rows: readonly Row[]): readonly Row[] => [
  ...rows,
  unknownRow(
    'shared',
    'shared:linked-in',
    l10n.t('What is linked in of the libraries'),
    l10n.t('Only the linker knows how much it takes; it is in RAM once.'),
  ),
];
