import { msg } from '../../msg.js';

/** Where the ideas of June 2003 were written down: D. J. Bernstein, and those who answered him. */
export const THREAD = msg('freebsd-performance, June 2003, “ten thousand small processes”');
