import { isAbsolute, relative, sep } from 'node:path'

/** Whether a real path lies below a folder, which is a real path too. */
export function isWithin(base: string, path: string): boolean {
  const way = relative(base, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
