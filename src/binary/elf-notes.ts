import * as l10n from '@vscode/l10n';
import { type Note, PT, type Segment } from './binary.js';
import type { Report } from './diagnostic.js';
import { type Encoding, fieldsOf } from './fields.js';
import type { ByteSource } from './source.js';
import { stringAt } from './strings.js';

/** Bytes read of all PT_NOTE segments; those that name a system are below 100. */
const MAX_NOTE_BYTES = 64 << 10;
const MAX_NOTES = 256;
/** Bytes kept of a descriptor: an ABI tag has 16, a build id 20 (sha1) or 32. */
const MAX_DESCRIPTOR = 64;

/** The notes of all PT_NOTE segments (gABI chapter 5: name, descriptor and type, padded). */
export function readNotes(
  source: ByteSource,
  encoding: Encoding,
  segments: readonly Segment[],
  report: Report,
): Note[] {
  const notes: Note[] = [];
  let left = MAX_NOTE_BYTES;
  for (const segment of segments) {
    if (segment.type !== PT.NOTE || segment.offset >= BigInt(source.size)) continue;
    if (segment.fileSize > BigInt(left) || notes.length === MAX_NOTES) {
      report(
        'limit',
        Number(segment.offset),
        l10n.t(
          'There are more than {0} bytes or {1} of notes; from here on they were not read.',
          MAX_NOTE_BYTES,
          MAX_NOTES,
        ),
      );
      break;
    }
    const size = Number(segment.fileSize);
    left -= size;
    // GNU tools pad to 8 where the segment says so (.note.gnu.property), to 4 everywhere else.
    const pad = segment.align === 8n ? 8 : 4;
    const at = Number(segment.offset);
    collect(source.read(at, size), encoding, pad, notes, (message, offset) =>
      report('bad-note', at + offset, message),
    );
  }
  return notes;
}

function collect(
  bytes: Uint8Array,
  encoding: Encoding,
  pad: number,
  notes: Note[],
  complain: (message: string, offset: number) => void,
) {
  const fields = fieldsOf(bytes, encoding);
  const up = (n: number, to = pad) => Math.ceil(n / to) * to;
  /**
   * mold puts notes padded to 4 behind one padded to 8, in one segment; padding is zeros, which no
   * note begins with.
   */
  const nextNote = (end: number) => {
    const next = up(end, 4);
    return next + 4 <= bytes.length && fields.u32(next) === 0 ? up(end) : next;
  };
  let at = 0;
  while (at + 12 <= bytes.length && notes.length < MAX_NOTES) {
    const nameSize = fields.u32(at);
    const descriptorSize = fields.u32(at + 4);
    const descriptor = at + up(12 + nameSize);
    if (descriptor + descriptorSize > bytes.length) {
      complain(
        l10n.t(
          'A note claims {0} bytes of name and {1} of descriptor, more than its PT_NOTE has left. The notes from here on were not read.',
          nameSize,
          descriptorSize,
        ),
        at,
      );
      return;
    }
    notes.push({
      owner: stringAt(bytes.subarray(at + 12, at + 12 + nameSize), 0, 256) ?? '',
      type: fields.u32(at + 8),
      descriptor: numbersAt(bytes, descriptor, Math.min(descriptorSize, MAX_DESCRIPTOR)),
    });
    at = nextNote(descriptor + descriptorSize);
  }
}

function numbersAt(bytes: Uint8Array, from: number, count: number): number[] {
  const numbers: number[] = [];
  for (let i = 0; i < count; i++) numbers.push(bytes[from + i] as number);
  return numbers;
}
