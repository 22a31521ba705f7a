import { fileURLToPath } from 'node:url';

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
export const SAMPLE = file('../../sample/tiny.c');
const LARGER = file('levers.c');

const PIE = ['gcc', '-pie', '-fPIE'];
const STATIC = ['gcc', '-static', '-no-pie', '-fno-pie'];
const STATIC_PIE = ['gcc', '-static-pie', '-fPIE'];
const MUSL = ['musl-gcc', '-pie', '-fPIE'];
const MUSL_STATIC = ['musl-gcc', '-static', '-no-pie', '-fno-pie'];
/** As the what-if tells users to. */
const BESIDE_STACK = [
  ...['musl-gcc', '-fPIE', '-static', '-no-pie', '-Wl,--no-relax'],
  '-Wl,--defsym=_DYNAMIC=_start,--defsym=__cxa_finalize=_fini',
  '-Wl,-Ttext-segment=0x7fffffe40000',
];

const NAMES = new Map([
  [PIE, 'glibc, dynamic PIE'],
  [STATIC, 'glibc, static'],
  [STATIC_PIE, 'glibc, static PIE'],
  [MUSL, 'musl, dynamic PIE'],
  [MUSL_STATIC, 'musl, static'],
]);

const linked = (...flags) => [...PIE, ...flags];

/** What-if, base build, and the build that has it; neither build is another one's where it is how they are run. */
const PAIRS = [
  ['aslr-off', PIE, PIE],
  ['no-pie', PIE, ['gcc', '-no-pie', '-fno-pie']],
  ['static', PIE, STATIC],
  ['musl-static', PIE, MUSL_STATIC],
  ['no-relro', PIE, linked('-Wl,-z,norelro')],
  ['no-separate-code', PIE, linked('-Wl,-z,noseparate-code')],
  ['max-page-size-2m', PIE, linked('-Wl,-z,max-page-size=0x200000')],
  ['relr', PIE, linked('-Wl,-z,pack-relative-relocs')],
  ['gc-sections', PIE, linked('-ffunction-sections', '-fdata-sections', '-Wl,--gc-sections')],
  ['prefork', PIE, linked('-DZYGOTE')],
  ['no-pie', STATIC_PIE, STATIC],
  ['no-relro', STATIC, [...STATIC, '-Wl,-z,norelro']],
  ['musl-static', STATIC, MUSL_STATIC],
  ['prefork', STATIC, [...STATIC, '-DZYGOTE']],
  ['static', MUSL, MUSL_STATIC],
  ['prefork', MUSL, [...MUSL, '-DZYGOTE']],
  ['link-beside-stack', MUSL_STATIC, BESIDE_STACK],
  ['prefork', MUSL_STATIC, [...MUSL_STATIC, '-DZYGOTE']],
];

/** All of them for both programs; only the larger one can be a zygote. */
export const pairs = [SAMPLE, LARGER].flatMap((source) =>
  PAIRS.filter(([id]) => id !== 'prefork' || source === LARGER).map(([id, base, other]) => ({
    id,
    program: source === SAMPLE ? 'sample' : 'larger',
    source,
    name: NAMES.get(base),
    base,
    other,
    still: id === 'aslr-off' || id === 'link-beside-stack',
    zygote: id === 'prefork',
  })),
);

/** The pair that a thousand processes are started of. */
export const BESIDE = { base: MUSL_STATIC, other: BESIDE_STACK };

/** Why a what-if's prediction is further off than it may be, where that was found. */
export const REASONS = {
  'max-page-size-2m':
    'a segment of read-only data that nothing touches has no table, and the model counts one for each.',
  'musl-static':
    'a static glibc has free() in any case, so whether the program needs it is not known; without it musl has a simpler malloc.',
  'no-relro': 'which bytes of a page are relocated is not known, only that some are.',
  'gc-sections': 'what goes is known by linking only.',
  static: 'where in their pages the C library’s data and bss lie is known by linking only.',
};
