/** Where the ideas of June 2003 were written down: D. J. Bernstein, and those who answered him. */
export const THREAD = 'freebsd-performance, June 2003, “ten thousand small processes”';
