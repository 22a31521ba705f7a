import * as l10n from '@vscode/l10n';

const MAX_SHOWN = 8;

/**
 * Processes in one of two texts for translation, with {0} for their numbers, no more than eight of them:
 * "Process 12", "Processes 12, 13". More places are for `others`.
 */
export function listed(
  pids: readonly number[],
  one: string,
  many: string,
  ...others: readonly string[]
): string {
  const shown = pids.slice(0, MAX_SHOWN).join(', ');
  const more = pids.length > MAX_SHOWN ? ', …' : '';
  const text = pids.length === 1 ? one : many;
  return l10n.t(text, shown + more, ...others);
}
