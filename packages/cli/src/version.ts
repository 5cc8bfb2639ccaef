import { versionIn } from '@som/server/program'

/** The version of this package: its package.json is one folder above the sources and above the build. */
export const version = (): string => versionIn(new URL('../package.json', import.meta.url))
