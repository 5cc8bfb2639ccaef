import { versionIn } from '@som/server/program'

/** The version of this package: its package.json lies one folder above the sources and above what is built. */
export const version = (): string => versionIn(new URL('../package.json', import.meta.url))
