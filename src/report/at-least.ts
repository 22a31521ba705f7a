/** What stands before a figure that is a lower bound, as what is not known counts nothing in it. */
export const atLeast = (incomplete: boolean): string => (incomplete ? '≥ ' : '');
