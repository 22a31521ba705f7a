import { product } from './product.mjs';
import { percent, print, table } from './report.mjs';

const KIB = 1024;
/**
 * KiB for each of ten thousand live processes of the test program: page tables with the top one, private,
 * kernel, all. Measured on Linux 6.18, x86-64, no page-table isolation, addresses randomised.
 */
const MEASURED = {
  'tiny-nolibc': [27.9, 11.5, 32.9, 72],
  'tiny-musl': [28.1, 11.8, 33.3, 73],
  'tiny-glibc-static': [42.1, 44.1, 34.0, 120],
  'tiny-glibc': [48.6, 97.7, 38.2, 185],
};

/** The estimate beside what ten thousand processes took on another machine. */
export function tenThousand(programs) {
  print('\n## Ten thousand processes, on another machine\n');
  print('KiB for each process, measured there once, and how far off the estimate is.\n');
  table(
    ['program', 'page tables', 'error', 'private', 'error', 'kernel', 'error', 'all', 'error'],
    programs
      .filter(({ name }) => MEASURED[name])
      .map(({ name, path, heap }) => {
        const { perProcess } = estimated(path, heap);
        const { pageTableBytes, privateBytes, kernelBytes, bytes } = perProcess;
        const estimate = [pageTableBytes, privateBytes, kernelBytes, bytes].map((n) => n / KIB);
        const cells = MEASURED[name].flatMap((kib, i) => [kib, percent(estimate[i], kib, 1)]);
        return [`\`${name}\``, ...cells];
      }),
  );
}

function estimated(path, heap) {
  const system = product.systemById('linux-x86-64');
  const workload = { ...product.START_UP, heap };
  return product.estimate(product.loadProgram(path).program, { system, workload, aslr: true }).cost;
}
