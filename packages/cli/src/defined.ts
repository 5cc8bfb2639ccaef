/** Without the entries that are undefined, so that defaults stand in for them. */
export function defined<T extends object>(entries: T): T {
  // Only optional entries can be undefined, so that what is left is still a T.
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as T
}
