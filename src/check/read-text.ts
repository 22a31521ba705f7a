import * as l10n from '@vscode/l10n';
import { MAX_JSON } from '../budget/json-text.js';
import { bytes } from '../format.js';
import { type Opened, withFile } from '../program/open-file.js';

/** The text of a file that people, or this, have written; or why it cannot be had. */
export function readText(path: string): Opened<string> {
  const opened = withFile(path, ({ source }) =>
    source.size > MAX_JSON ? undefined : new TextDecoder().decode(source.read(0, source.size)),
  );
  if (!('value' in opened)) return opened;
  return opened.value === undefined
    ? { problem: l10n.t('It has more than {0}.', bytes(MAX_JSON)) }
    : { value: opened.value };
}
