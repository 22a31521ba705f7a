import { product } from './product.mjs';
import { print } from './report.mjs';

/** The rule `tables` on the pages that processes really have, beside the kernel's count (VmPTE). */
export function tablesFromPages(results) {
  print('\n## Tables from the pages that are there\n');
  const all = results.flatMap(({ program, cost, processes }) =>
    processes.map((process) => ({
      name: program.name,
      agree: product.liveTables(cost, [process]).agree,
    })),
  );
  const agree = all.filter((one) => one.agree).length;
  const unseen = all.filter((one) => one.agree === undefined).length;
  print(
    `As many as the kernel counts in ${agree} of ${all.length} processes` +
      `${unseen ? `; not all pages could be seen in ${unseen}` : ''}.`,
  );
  const wrong = new Set(all.filter((one) => one.agree === false).map(({ name }) => name));
  if (wrong.size > 0) print(`\nNot in some of: ${[...wrong].join(', ')}.`);
}
