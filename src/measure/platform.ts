import { existsSync } from 'node:fs';
import * as l10n from '@vscode/l10n';

const SYSTEMS: Readonly<Record<string, string>> = { darwin: 'macOS', win32: 'Windows' };

/**
 * Why processes cannot be measured here, a sentence for people; undefined where they can. All that is
 * measured comes from Linux's /proc.
 */
export function measuringProblem(): string | undefined {
  if (process.platform !== 'linux') {
    const system = SYSTEMS[process.platform] ?? process.platform;
    return l10n.t(
      'Processes are measured through Linux’s /proc, which {0} does not have: open the file on a Linux machine to measure it.',
      system,
    );
  }
  if (!existsSync('/proc/self/status')) {
    return l10n.t('Processes are measured through /proc, which is not mounted here.');
  }
  if (!existsSync('/proc/self/smaps')) {
    return l10n.t(
      'This kernel does not tell what a process holds: it has no /proc/PID/smaps (CONFIG_PROC_PAGE_MONITOR).',
    );
  }
  return undefined;
}
