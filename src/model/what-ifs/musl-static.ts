import type { WhatIf } from '../what-if.js';
import { linkedInRows, linkedStatically, unknownNow } from './linked-statically.js';

export const muslStatic: WhatIf = {
  id: 'musl-static',
  title: 'Linked statically with musl',
  origin: 'today',
  change: 'Instead of glibc, in the file, a C library whose start-up writes next to nothing.',
  price:
    'All of the program has to be built again, and some of it may not build; locales, name services and plug-ins are missing, and its malloc is slower with many threads.',
  nothing: 'It is as small with what it has.',
  howTo: {
    text: 'Debian has it in musl-tools; everything linked in has to be built with it.',
    snippet: 'musl-gcc -static -no-pie -fno-pie',
  },
  source: 'docs/model.md, rules tail and heap; musl 1.2.3',
  excludes: ['static'],
  obstacle(subject) {
    const { system, cLibrary } = subject;
    if (system.addressSpace.kind !== 'linux') return 'Only for programs for Linux.';
    if (cLibrary.id === 'musl-static') return 'It is linked statically with musl as it is.';
    if (cLibrary.id === 'none') return 'It has no C library at all.';
    return unknownNow(subject);
  },
  subject: (subject) => linkedStatically(subject, 'musl-static'),
  rows: linkedInRows,
};
