/** Which version of a map is meant: a number, or an alias such as `champion`. */
export type Which = { readonly version: number } | { readonly alias: string }

/** Where a version came from. */
export interface Lineage {
  /** Digest of the training rows, as the map's own record has it. */
  readonly rows: string
  /** SHA-256 of the table that it was trained on, where the service trained it. */
  readonly table?: string
  /** The version whose map training started from. */
  readonly parent?: { readonly name: string; readonly version: number }
  /** The job that trained it. */
  readonly job?: string
  /** What training was asked for, and what it decided. */
  readonly parameters: Readonly<Record<string, unknown>>
}

/** What is put into the registry beside the model file. */
export interface Deposit {
  readonly name: string
  readonly lineage: Lineage
  readonly metrics: Readonly<Record<string, number>>
  readonly tags: Readonly<Record<string, string>>
  /** A deposit of the same word gives the version that the first one made. */
  readonly once?: string
}

/** One version of a map. All but its tags and aliases is as it was put in. */
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

/** A page of a list: what comes after `after`, at most `limit`. */
export interface Page {
  readonly after?: string
  readonly limit: number
}

/**
 * Named maps whose versions never change. Kept in a folder by `folderRegistry`, and for several instances in a database with an
 * object store beside it by `postgresRegistry`. Names are checked before they come here.
 */
export interface Registry {
  /** Puts a model file in as the next version of its name. */
  put(deposit: Deposit, file: Iterable<Uint8Array>): Promise<Version>
  /** Maps in the order of their names. */
  maps(page: Page): Promise<MapEntry[]>
  /** Versions of a map, newest first; none where there is no such map. */
  versions(name: string): Promise<Version[]>
  find(name: string, which: Which): Promise<Version | null>
  /** The model file of a version. */
  read(version: Version): AsyncIterable<Uint8Array>
  /** Points an alias at a version, or takes it away. False where there is no such version or alias. */
  setAlias(name: string, alias: string, version: number | null): Promise<boolean>
  /** Puts other tags in place of those there are. */
  setTags(name: string, version: number, tags: Readonly<Record<string, string>>): Promise<boolean>
  /** Takes a version and its aliases away; its number is not given again. */
  remove(name: string, version: number): Promise<boolean>
  /** Takes away the files that no version has. */
  collect(): Promise<{ readonly files: number; readonly bytes: number }>
}
