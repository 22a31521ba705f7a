import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import type { WhatIf } from '../what-if.js';
import { linkedInRows, linkedStatically, unknownNow } from './linked-statically.js';

export const muslStatic: WhatIf = {
  id: 'musl-static',
  title: msg('Linked statically with musl'),
  origin: 'today',
  change: msg('Instead of glibc, in the file, a C library whose start-up writes next to nothing.'),
  price: msg(
    'All of the program has to be built again, and some of it may not build; locales, name services and plug-ins are missing, and its malloc is slower with many threads.',
  ),
  nothing: msg('It is as small with what it has.'),
  howTo: {
    text: msg('Debian has it in musl-tools; everything linked in has to be built with it.'),
    snippet: 'musl-gcc -static -no-pie -fno-pie',
  },
  source: msg('docs/model.md, rules tail and heap; musl 1.2.3'),
  excludes: ['static'],
  obstacle(subject) {
    const { system, cLibrary } = subject;
    if (system.addressSpace.kind !== 'linux') return l10n.t('Only for programs for Linux.');
    if (cLibrary.id === 'musl-static') return l10n.t('It is linked statically with musl as it is.');
    if (cLibrary.id === 'none') return l10n.t('It has no C library at all.');
    return unknownNow(subject);
  },
  subject: (subject) => linkedStatically(subject, 'musl-static'),
  rows: linkedInRows,
};
