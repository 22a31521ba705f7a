/** Told apart by identity if it is an object, else by value. */
type Argument = object | string | number | boolean | undefined;

/** A result, and those by the arguments that may follow. */
interface Known<T> {
  result?: { readonly value: T };
  objects?: WeakMap<object, Known<T>>;
  others?: Map<Argument, Known<T>>;
}

/**
 * A function that works each result out once for the same arguments. Objects among them must not change; they
 * are not kept alive by it, nor is what was made of them. Texts in a result are in the language of then: that
 * is chosen once, before (`speak`).
 *
 * @param count of the arguments that matter: those that `make` names, if none of them has a default, whatever
 *   else it is called with, as by `map`
 */
export function memoized<A extends readonly Argument[], T>(
  make: (...args: A) => T,
  count = make.length,
): (...args: A) => T {
  const first: Known<T> = {};
  return (...args) => {
    let known = first;
    const end = Math.min(count, args.length);
    for (let i = 0; i < end; i++) known = after(known, args[i]);
    known.result ??= { value: make(...args) };
    return known.result.value;
  };
}

function after<T>(known: Known<T>, argument: Argument): Known<T> {
  if (typeof argument === 'object') {
    known.objects ??= new WeakMap();
    return nextOf(known.objects, argument);
  }
  known.others ??= new Map();
  return nextOf(known.others, argument);
}

interface Nodes<K, T> {
  get(key: K): Known<T> | undefined;
  set(key: K, node: Known<T>): unknown;
}

function nextOf<K, T>(nodes: Nodes<K, T>, key: K): Known<T> {
  let next = nodes.get(key);
  if (!next) {
    next = {};
    nodes.set(key, next);
  }
  return next;
}
