/** The entries that are not undefined, so that defaults apply to the others. */
export function defined<T extends object>(entries: T): T {
  // Only optional entries can be undefined, so what is left is still a T.
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as T
}
