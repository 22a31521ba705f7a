import * as glue from 'gecko-profiler-demangle/index_bg.js';
import { readMangled } from './elf-symbol-spelling.js';
import { identifier, namePath } from './name-path.js';

/** Makes a linker's name readable: `ns::counter` of `_ZN2ns7counterE`. */
export type Demangle = (name: string) => string;

/** Longer ones nobody reads: the rest of a screen is for other things. */
const MAX_NAME = 1024;
/**
 * References in a name to earlier parts of it. Each may double what is written, and the demangler has no
 * limit: with 50 a name of 250 bytes takes seconds, and more memory than there is. With 20 it is below a
 * megabyte.
 */
const MAX_REFERENCES = 20;
const ITANIUM_REFERENCE = /[ST][0-9A-Z]*_/g;
const RUST_REFERENCE = /B[0-9A-Za-z]*_/g;
const MAX_SPELLED = 4096;

/**
 * The demangler of the Firefox profiler, for C++ (Itanium) and both kinds of Rust's names. Names that it would
 * take too long for, or fails at, are spelled as their path alone, and those that are not mangled stay as
 * they are.
 * @param module the package's WebAssembly module
 */
export async function createDemangler(module: BufferSource): Promise<Demangle> {
  const { instance } = await WebAssembly.instantiate(module, { './index_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  let works = true;
  const demangled = (name: string): string | undefined => {
    if (!works || name.length > MAX_NAME || references(name) > MAX_REFERENCES) return undefined;
    try {
      const spelled = glue.demangle_any(withoutModule(name));
      // It takes the first character off what it does not understand.
      return name.endsWith(spelled) ? undefined : spelled.slice(0, MAX_SPELLED);
    } catch {
      works = false; // what a trap leaves behind is not to be used
      return undefined;
    }
  };
  return (name) => {
    if (!/^_{1,2}[ZR]/.test(name)) return name;
    const spelled = demangled(name) ?? pathOf(name);
    return spelled.replaceAll(ANONYMOUS, '(anonymous namespace)');
  };
}

const ANONYMOUS = '_GLOBAL__N_1';

function references(name: string): number {
  const kind = /^_{1,2}R/.test(name) ? RUST_REFERENCE : ITANIUM_REFERENCE;
  return name.match(kind)?.length ?? 0;
}

/** LLVM's number of the module, which the demangler does not expect behind Rust's older names. */
const withoutModule = (name: string): string => name.replace(/\.llvm\.\d+$/, '');

/** What of a name can be read without the demangler: identifiers, and neither arguments nor types. */
function pathOf(name: string): string {
  const path = namePath(new TextEncoder().encode(`${name}\0`));
  if (!readMangled(path, 0)) return name;
  return Array.from({ length: path.count }, (_, part) => identifier(path, part)).join('::');
}
