import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import { isPositionIndependent } from '../relink.js';
import type { WhatIf } from '../what-if.js';
import { linkedInRows, linkedStatically, unknownNow } from './linked-statically.js';

/** Linked statically, with the C library that it has as a shared one. */
export const staticallyLinked: WhatIf = {
  id: 'static',
  title: msg('Linked statically'),
  origin: 'today',
  change: msg(
    'No dynamic loader, no libraries: what of them is needed is in the file, at fixed addresses, and needs no relocation.',
  ),
  price: msg(
    'A fix to a library reaches it only when it is linked again; plug-ins, name services and locales may not work; its code is shared with no other program.',
  ),
  nothing: msg('It is as small without.'),
  howTo: {
    text: msg('Needs the libraries as archives (.a).'),
    snippet: 'gcc -static -no-pie -fno-pie',
  },
  source: msg('docs/model.md, rules static-libc and heap'),
  excludes: ['musl-static'],
  obstacle(subject) {
    const { program, system } = subject;
    if (system.addressSpace.kind !== 'linux') return l10n.t('Only for programs for Linux.');
    if (program.binary.interpreter === undefined) {
      return isPositionIndependent(program.binary)
        ? l10n.t('It is linked statically, though at no fixed address: see no-pie.')
        : l10n.t('It is linked statically as it is.');
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
