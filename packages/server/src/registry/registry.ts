import type { MapNames } from '../keys/map-names.ts'

/** Selects a version of a map: a number, or an alias such as `champion`. */
export type Which = { readonly version: number } | { readonly alias: string }

/** The origin of a version. */
export interface Lineage {
  /** Digest of the training rows, from the map's own record. */
  readonly rows: string
  /** SHA-256 of the training table, if the service trained the map. */
  readonly table?: string
  /** The version whose map training started from. */
  readonly parent?: { readonly name: string; readonly version: number }
  /** The job that trained it. */
  readonly job?: string
  /** The requested training options, and the resulting settings. */
  readonly parameters: Readonly<Record<string, unknown>>
}

/** What is stored in the registry with a model file. */
export interface Deposit {
  readonly name: string
  readonly lineage: Lineage
  readonly metrics: Readonly<Record<string, number>>
  readonly tags: Readonly<Record<string, string>>
  /** A second deposit with the same value returns the version that the first one made. */
  readonly once?: string
}

/** One version of a map. Only its tags and aliases can change. */
export interface Version extends Omit<Deposit, 'once'> {
  readonly version: number
  /** SHA-256 of the model file, in hexadecimal. */
  readonly digest: string
  readonly bytes: number
  /** ISO 8601, UTC. */
  readonly created: string
  readonly aliases: readonly string[]
}

/** A map and its newest version. */
export interface MapEntry {
  readonly name: string
  readonly versions: number
  readonly latest: number
  readonly aliases: Readonly<Record<string, number>>
}

/** A page of a list: at most `limit` entries after `after`. */
export interface Page {
  /** Only maps of these names. */
  readonly within?: MapNames
  readonly after?: string
  readonly limit: number
}

/**
 * Named maps whose versions never change: in a folder (`folderRegistry`) or, for several instances, in a database and
 * an object store (`postgresRegistry`). Names are checked before they reach it.
 */
export interface Registry {
  /** Stores a model file as the next version of its name. */
  put(deposit: Deposit, file: Iterable<Uint8Array>): Promise<Version>
  /** Maps, sorted by name. */
  maps(page: Page): Promise<MapEntry[]>
  /** How much is kept in the maps of these names. */
  kept(within: MapNames): Promise<{ readonly maps: number; readonly bytes: number }>
  /** Versions of a map, newest first; empty if there is no such map. */
  versions(name: string): Promise<Version[]>
  find(name: string, which: Which): Promise<Version | null>
  /** The model file of a version. */
  read(version: Version): AsyncIterable<Uint8Array>
  /** Points an alias at a version, or removes it. False if there is no such version or alias. */
  setAlias(name: string, alias: string, version: number | null): Promise<boolean>
  /** Replaces the tags. */
  setTags(name: string, version: number, tags: Readonly<Record<string, string>>): Promise<boolean>
  /** Removes a version and its aliases; its number is not reused. */
  remove(name: string, version: number): Promise<boolean>
  /** Removes the files that no version refers to. */
  collect(): Promise<{ readonly files: number; readonly bytes: number }>
}
