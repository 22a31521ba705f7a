/** A function of whole numbers that works each result out once. */
export function remembered<T>(make: (n: number) => T): (n: number) => T {
  const known = new Map<number, T>();
  return (n) => {
    let made = known.get(n);
    if (made === undefined) {
      made = make(n);
      known.set(n, made);
    }
    return made;
  };
}
