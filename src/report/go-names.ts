/** The name of the package that a source file of Go says it is of. */
export const goPackage = (text: string): string | undefined =>
  /^package[ \t]+([\p{L}_][\p{L}\p{N}_]*)/mu.exec(text)?.[1];

/**
 * Whether a linker's name is that of something a package declares by an identifier: `path/pkg.name`, or of a
 * method, `path/pkg.(*Type).name`. Its path may end otherwise than its name: then this is false.
 */
export function isDeclaredIn(linkerName: string, goPackage: string, identifier: string): boolean {
  const inPackage = linkerName.slice(linkerName.lastIndexOf('/') + 1);
  return inPackage.startsWith(`${goPackage}.`) && inPackage.endsWith(`.${identifier}`);
}
