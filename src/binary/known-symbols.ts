/** Defined where a program has the part of libstdc++ in it that sets memory aside for exceptions (eh_alloc.cc). */
export const POOL_FREED = '_ZN9__gnu_cxx9__freeresEv';

/** GCC's C++ library, as what needs it calls it. */
export const CXX_LIBRARY = 'libstdc++.so.6';

/** What each source file that includes <iostream> has called before main() (ios_base::Init, GCC 12 and before). */
export const STREAMS_INITIALISED = '_ZNSt8ios_base4InitC1Ev';

/**
 * Variables by whose places the model tells which pages a C library's start-up writes in a static program, the first
 * that is written of each object file of glibc. The last two are the compiler's start files', which not every program
 * has.
 */
export const START_UP_VARIABLES = [
  'tunable_list',
  '_rseq_size',
  '_dl_random',
  '__rtld_search_dirs',
  '_dlfo_nodelete_mappings',
  '__x86_rep_stosb_threshold',
  'mp_',
  'main_arena',
  '__libc_single_threaded',
  'program_invocation_short_name',
  '_dl_stack_flags',
  '__libc_enable_secure',
  '__elision_aconf',
  '__x86_rep_movsb_stop_threshold',
  '_dl_tls_static_optional',
  '_dl_static_dtv',
  'static_slotinfo',
  '__new_exitfn_called',
  'initial',
  'tcache_key',
  'environ',
  '__curbrk',
  '_r_debug_extended',
  '_dl_clktck',
  '__libc_argv',
  '__default_pthread_attr',
  'max_dirnamelen',
  'object.0',
  'any_objects_registered',
] as const;

export type StartUpVariable = (typeof START_UP_VARIABLES)[number];
