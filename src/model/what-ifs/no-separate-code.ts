import * as l10n from '@vscode/l10n';
import { type Binary, PT, type Segment } from '../../binary/binary.js';
import { msg } from '../../msg.js';
import { loadSegments } from '../load-segments.js';
import type { WhatIf } from '../what-if.js';

export const noSeparateCode: WhatIf = {
  id: 'no-separate-code',
  title: msg('Code and read-only data in one segment'),
  origin: 'today',
  change: msg('One region instead of three, and no page ends between them in the file.'),
  price: msg('Read-only data can be executed, which an attacker may find useful bytes in.'),
  nothing: msg('Its code has no region of its own.'),
  howTo: { text: msg('A flag of the linker.'), snippet: 'gcc -Wl,-z,noseparate-code' },
  source: msg('ld’s manual, -z separate-code'),
  excludes: ['max-page-size-2m'],
  obstacle: ({ program: { binary } }) =>
    readOnly(binary).length > 1 ? undefined : l10n.t('Its code shares a segment as it is.'),
  subject: (subject) => ({
    ...subject,
    program: { ...subject.program, binary: merged(subject.program.binary) },
  }),
};

/** Segments in front of the data. */
function readOnly(binary: Binary): Segment[] {
  const loads = loadSegments(binary);
  const data = loads.findIndex(({ writable }) => writable);
  return loads.slice(0, data < 0 ? loads.length : data);
}

/** They follow each other without gaps; where the data is stays as it was, which is in the same tables. */
function merged(binary: Binary): Binary {
  const parts = readOnly(binary);
  const sum = (of: (segment: Segment) => bigint) => parts.reduce((n, s) => n + of(s), 0n);
  const [first] = parts;
  if (!first) return binary;
  const one: Segment = {
    ...first,
    executable: true,
    fileSize: sum((s) => s.fileSize),
    memorySize: sum((s) => s.memorySize),
  };
  const others = binary.segments.filter((s) => s.type !== PT.LOAD || !parts.includes(s));
  return { ...binary, segments: [one, ...others] };
}
