import type { StaticVariables } from './c-library.js';

/**
 * What start-up of a static glibc 2.36 writes: every store of a program that does nothing, as valgrind's lackey has
 * them for x86-64. Where a variable is followed by others of its object file, from its first byte written to their
 * last: no page in between is without one.
 */
export const GLIBC_VARIABLES: StaticVariables = {
  // .data.rel.ro
  tunable_list: [0x1f8, 0xd01],
  _rseq_size: [0, 0x10],
  _dl_random: [0, 0x40], // to _dl_vdso_clock_gettime64
  __rtld_search_dirs: [0, 0x1c],
  _dlfo_nodelete_mappings: [0, 0x30],
  // .data
  __x86_rep_stosb_threshold: [0, 0x30],
  mp_: [0x60, 0x68],
  main_arena: [0, 0x898],
  __libc_single_threaded: [0, 1],
  program_invocation_short_name: [0, 0x10],
  _dl_stack_flags: [0, 0x598], // to _dl_main_map
  __libc_enable_secure: [0, 4],
  __elision_aconf: [8, 12],
  // .bss
  __x86_rep_movsb_stop_threshold: [0, 0x10],
  _dl_tls_static_optional: [0, 0x48],
  _dl_static_dtv: [0, 0x30],
  static_slotinfo: [0, 0x30],
  __new_exitfn_called: [0, 12],
  initial: [8, 0x30],
  tcache_key: [0, 0x30],
  environ: [0, 8],
  __curbrk: [0, 8],
  _r_debug_extended: [0, 0x30],
  _dl_clktck: [0, 0x318],
  __libc_argv: [0, 12],
  __default_pthread_attr: [0x10, 0x28],
  max_dirnamelen: [0, 8],
  // The start files register the program's frames.
  'object.0': [0, 0x30],
  any_objects_registered: [0, 0x18],
};
