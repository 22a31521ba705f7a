/** The next multiple of a positive number, or the number itself if it is one. */
export const roundUp = (n: number, to: number): number => Math.ceil(n / to) * to;
