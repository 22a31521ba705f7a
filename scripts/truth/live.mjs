import { product } from './product.mjs';

/** For coming to rest. */
const LIMIT_MS = 3000;

// What every process started here gets, so that figures do not depend on who measures; TMPDIR chooses the file system.
const { PATH, TMPDIR } = process.env;
for (const name of Object.keys(process.env)) delete process.env[name];
Object.assign(process.env, { PATH, HOME: '/', LANG: 'C' }, TMPDIR === undefined ? {} : { TMPDIR });

/** Bytes and strings on the stack of a process that is measured, besides its file's name. */
export function environmentOf(args) {
  const variables = { ...process.env, ...product.createFamily().mark.environment };
  const strings = [
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    ...args,
  ];
  return { bytes: strings.reduce((n, text) => n + text.length + 1, 0), strings: strings.length };
}

/** Runs so many processes of a program in `directory`, where some write files, and measures them at rest. */
export const measure = ({ path, args }, { aslr, count, directory }) =>
  product.runAndMeasure(
    {
      program: product.loadProgram(path).program,
      args,
      input: { kind: 'open' },
      instances: count,
      aslr,
      limitMs: LIMIT_MS,
      cwd: directory,
    },
    new AbortController().signal,
    () => {},
  );
