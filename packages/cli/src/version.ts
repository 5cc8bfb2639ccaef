import { readFileSync } from 'node:fs'

/** The version of this package: its package.json lies one folder above the sources and above what is built. */
export function version(): string {
  const { version: found }: { version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  return found
}
