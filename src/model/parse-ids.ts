import { printable } from '../format.js';
import type { System } from '../system/system.js';
import { SYSTEMS } from '../system/systems.js';
import { WHAT_IFS } from './what-ifs.js';

/** What was named, or that there is no such thing, and what there is: a sentence, in English. */
export type Named<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

/** @param id whatever was given for one */
export function systemNamed(id: unknown): Named<System> {
  const value = SYSTEMS.find((system) => system.id === id);
  return value ? { ok: true, value } : noSuch('system', id, SYSTEMS);
}

/**
 * Ids of what-ifs, each once.
 * @param ids whatever was given for them
 */
export function whatIfsNamed(ids: readonly unknown[]): Named<readonly string[]> {
  const isKnown = (id: unknown): id is string => WHAT_IFS.some((whatIf) => whatIf.id === id);
  return ids.every(isKnown)
    ? { ok: true, value: [...new Set(ids)] }
    : noSuch(
        'what-if',
        ids.find((id) => !isKnown(id)),
        WHAT_IFS,
      );
}

function noSuch(kind: string, id: unknown, all: readonly { readonly id: string }[]) {
  const given = typeof id === 'string' ? `'${id}'` : String(JSON.stringify(id));
  const known = all.map((one) => one.id).join(', ');
  return {
    ok: false,
    message: `There is no ${kind} ${printable(given)}; there are ${known}.`,
  } as const;
}
