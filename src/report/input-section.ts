/**
 * Output sections that take all input sections whose names go on with a dot; an earlier one goes first.
 * Source: the default scripts of GNU ld 2.40 (`ld --verbose`), and what lld and mold do without a script.
 */
const OUTPUTS = [
  '.text',
  '.rodata',
  '.data.rel.ro',
  '.data',
  '.bss',
  '.tdata',
  '.tbss',
  '.init_array',
  '.fini_array',
  '.gcc_except_table',
  '.eh_frame',
  '.ldata',
  '.lrodata',
  '.lbss',
];

/** Where linkers put an input section that has no output section of its name; undefined where there is no rule. */
export function usualOutput(name: string): string | undefined {
  if (name === 'COMMON') return '.bss';
  return OUTPUTS.find((output) => name.startsWith(`${output}.`));
}
