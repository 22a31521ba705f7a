import { fileURLToPath } from 'node:url';

/** The repository, whatever folder a script was started in. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));
