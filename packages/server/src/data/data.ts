import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type KeyStore, keyStore } from '../keys/key-store.ts'
import { folderRegistry } from '../registry/folder-registry.ts'
import type { Registry } from '../registry/registry.ts'
import { type Database, openDatabase } from './database.ts'
import { KeptFiles } from './kept-files.ts'
import { KeptTables } from './kept-tables.ts'

/** The contents of a data folder. Several processes may open it; only one serves it. */
export interface Data {
  readonly folder: string
  readonly db: Database
  readonly registry: Registry
  readonly keys: KeyStore
  /** Tables uploaded or fetched for training. */
  readonly tables: KeptTables
  close(): void
}

/** Opens a data folder, and creates it if necessary. Throws if that fails. */
export function openData(folder: string): Data {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const db = openDatabase(join(folder, 'index.sqlite'))
  return {
    folder,
    db,
    registry: folderRegistry(db, new KeptFiles(join(folder, 'models'))),
    keys: keyStore(db),
    tables: new KeptTables(db, join(folder, 'tables')),
    close: () => db.close(),
  }
}
