import type { Base, ComparingState } from '../../protocol.js';

/** Reads what is compared with; undefined where it cannot be, which it has then said. */
type ReadBase = () => Promise<Base | undefined>;

/** What a view compares its program with. */
export interface Comparing {
  state(): ComparingState;
  /**
   * The view's file holds this program now.
   * @param rebuilt whether the file changed; else it was read for the first time, or its libraries are
   *   to be looked for elsewhere, and what was read before is no other build
   */
  read(build: Base, rebuilt: boolean): void;
  /** Compares with something else than an earlier build. Where that cannot be read, nothing changes. */
  compareWith(read: ReadBase): Promise<void>;
  /**
   * Compares with what it did before the window was reloaded, unless something else was asked for since.
   * @param read reads it again; undefined for an earlier build, which cannot be
   */
  restore(base: Base, read: ReadBase | undefined): void;
  /** Compares with the build of now from here on. */
  pin(): void;
  dispose(): void;
}

/**
 * The base is the first build that was read until another is pinned, so that what several rebuilds
 * change adds up.
 * @param changed called after each change of the state, and not before the first rebuild
 * @param earlier a build that was there before the first that is read, if it is to be compared with
 */
export function createComparing(changed: () => void, earlier?: Base): Comparing {
  let first = earlier;
  let pinned: Base | undefined;
  let latest: Base | undefined;
  let rebuilt = false;
  let other: { readonly read: ReadBase; readonly base: Base } | undefined;
  let turn = 0;

  const compareWith = async (read: ReadBase) => {
    const own = ++turn;
    const base = await read();
    // What was asked for later counts, however long either takes.
    if (own !== turn || !base) return;
    other = { read, base };
    changed();
  };
  return {
    state: () => ({
      base: other?.base ?? (rebuilt ? pinned : undefined),
      pinned: pinned?.time,
    }),
    read(build, again) {
      latest = build;
      if (again && pinned) {
        if (rebuilt) return;
        rebuilt = true;
      } else {
        pinned = first ?? build;
        rebuilt = first !== undefined;
        first = undefined;
        if (other) void compareWith(other.read);
      }
      changed();
    },
    compareWith,
    restore(base, read) {
      if (turn > 0) return;
      if (read) void compareWith(read);
      else if (!latest) first = base;
      else {
        pinned = base;
        rebuilt = true;
        changed();
      }
    },
    pin() {
      turn++;
      pinned = latest;
      rebuilt = false;
      other = undefined;
      changed();
    },
    dispose() {
      turn = Number.NaN; // equals nothing: whatever is still being read comes too late
    },
  };
}
