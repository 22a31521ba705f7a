/** What stands before a figure that is a lower bound, as what is not known counts nothing in it. */
export const atLeast = (incomplete: boolean): string => (incomplete ? '≥ ' : '');

/** What stands before a figure that can be off one way only: at least that, at most that. */
export const BOUND_MARKS = { least: '≥ ', most: '≤ ' } as const;
