/** The package's own types are of its entry, which imports WebAssembly as bundlers of the web do. */
declare module 'gecko-profiler-demangle/index_bg.js' {
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
  export function __wbindgen_init_externref_table(): void;
  /** A name as it is spelled, or without its first character where that is not known. */
  export function demangle_any(name: string): string;
}
