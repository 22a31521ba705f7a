import { isPositionIndependent } from '../relink.js';
import type { WhatIf } from '../what-if.js';
import { linkedInRows, linkedStatically, unknownNow } from './linked-statically.js';

/** Linked statically, with the C library that it has as a shared one. */
export const staticallyLinked: WhatIf = {
  id: 'static',
  title: 'Linked statically',
  origin: 'today',
  change:
    'No dynamic loader, no libraries: what of them is needed is in the file, at fixed addresses, and needs no relocation.',
  price:
    'A fix to a library reaches it only when it is linked again; plug-ins, name services and locales may not work; its code is shared with no other program.',
  nothing: 'It is as small without.',
  howTo: {
    text: 'Needs the libraries as archives (.a).',
    snippet: 'gcc -static -no-pie -fno-pie',
  },
  source: 'docs/model.md, rules static-libc and heap',
  excludes: ['musl-static'],
  obstacle(subject) {
    const { program, system } = subject;
    if (system.addressSpace.kind !== 'linux') return 'Only for programs for Linux.';
    if (program.binary.interpreter === undefined) {
      return isPositionIndependent(program.binary)
        ? 'It is linked statically, though at no fixed address: see no-pie.'
        : 'It is linked statically as it is.';
    }
    return unknownNow(subject);
  },
  subject: (subject) =>
    linkedStatically(
      subject,
      subject.cLibrary.id === 'musl-dynamic' ? 'musl-static' : 'glibc-static',
    ),
  rows: linkedInRows,
};
