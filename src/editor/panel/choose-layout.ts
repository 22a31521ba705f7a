import { l10n, type QuickPickItem, window } from 'vscode';
import { PRESETS } from '../../model/presets.js';
import { WHAT_IFS } from '../../model/what-ifs.js';
import { paletteClosed } from '../palette-closed.js';

interface Item extends QuickPickItem {
  readonly whatIfs: readonly string[];
}

/** The what-ifs of a preset; undefined where there is no such preset. */
export const layoutNamed = (id: unknown): readonly string[] | undefined =>
  PRESETS.find((preset) => preset.id === id)?.whatIfs;

/** Lets the user choose a preset, or none; undefined where they do not choose. */
export async function askForLayout(): Promise<readonly string[] | undefined> {
  const presets = PRESETS.map(
    ({ title, whatIfs }): Item => ({
      label: l10n.t(title),
      detail: whatIfs.map(titleOf).join(' · '),
      whatIfs,
    }),
  );
  const asItIs: Item = { label: l10n.t('As it is'), whatIfs: [] };
  await paletteClosed();
  const chosen = await window.showQuickPick([...presets, asItIs], {
    title: l10n.t('Try Another Layout'),
    placeHolder: l10n.t('What if… One by one they are in the panel, each with its price.'),
  });
  return chosen?.whatIfs;
}

function titleOf(id: string): string {
  const { title } = WHAT_IFS.find((whatIf) => whatIf.id === id) ?? { title: id };
  return l10n.t(title);
}
