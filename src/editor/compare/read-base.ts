import { l10n, Uri, window } from 'vscode';
import { cutOff } from '../../binary/diagnostic.js';
import { printableText } from '../../format.js';
import { type Base, encodeProgram } from '../../protocol.js';
import { readProgram } from '../binaries/reading.js';
import { withoutLinks } from '../notification-text.js';
import { basename } from '../path-names.js';
import { readCommitted } from './read-committed.js';

/** What a program can be compared with: another file, or what the last commit has of its own. */
export type Other = Uri | 'commit';

/** What a base was read from, and can be again; undefined of an earlier build. */
export function otherOf({ kind, uri }: Base): Other | undefined {
  if (kind === 'build') return undefined;
  return kind === 'commit' ? kind : Uri.parse(uri);
}

/**
 * Reads what the program at a URI is compared with. Undefined where that cannot be, or is there in part: then a
 * message says why.
 */
export async function readBase(uri: Uri, other: Other): Promise<Base | undefined> {
  const file = other === 'commit' ? uri : other;
  const reading = await (other === 'commit' ? readCommitted(uri) : readProgram(other));
  const { program, diagnostics, whyNoLibraries, time } = reading;
  const inPart = cutOff(diagnostics);
  if (program && !inPart) {
    return {
      kind: other === 'commit' ? 'commit' : 'file',
      uri: file.toString(),
      fileName: basename(file.path),
      program: encodeProgram(program),
      time,
      whyNoLibraries,
    };
  }
  const reason = (inPart ?? diagnostics[0])?.message ?? l10n.t('It is no binary.');
  const message = l10n.t('Not compared with {0}: {1}', basename(file.path), reason);
  void window.showErrorMessage(withoutLinks(printableText(message)));
  return undefined;
}
