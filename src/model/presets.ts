import { msg } from '../msg.js';

/** What-ifs to choose together. Those that a program cannot have are left out, with the reason. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly whatIfs: readonly string[];
}

export const PRESETS: readonly Preset[] = [
  {
    id: 'bernstein-2003',
    title: msg('Bernstein 2003'),
    // No system randomised addresses then. Where not all can lie on one page, data and stack can.
    whatIfs: ['aslr-off', 'malloc-slack', 'one-page', 'data-beside-stack', 'overlapped-tables'],
  },
  {
    id: 'best-today',
    title: msg('Best available today'),
    // What flags and settings give, whatever their price. Where a program is too large to lie beside its
    // stack, the others are left.
    whatIfs: ['aslr-off', 'musl-static', 'no-separate-code', 'link-beside-stack'],
  },
];
