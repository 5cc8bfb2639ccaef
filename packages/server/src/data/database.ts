import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import Sqlite from 'libsql'
import * as v from 'valibot'

/** A SQLite database. Blobs come back as ArrayBuffer: digests are kept as text. */
export type Database = InstanceType<typeof Sqlite>

/** Opens the index of a data folder, created if necessary, with every table that this version has. */
export function openDatabase(path: string): Database {
  closeToOthers(path)
  const db = new Sqlite(path)
  // Readers and one writer at once. What is committed is on disk (FULL), as it is acknowledged then: a version, a
  // key, a job.
  db.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
  db.exec(TABLES)
  addColumns(db)
  return db
}

/** Adds the columns that a folder of an earlier version lacks. */
function addColumns(db: Database): void {
  const columns = rowsOf(v.object({ name: v.string() }), db.prepare('PRAGMA table_info(keys)').all())
  if (!columns.some(({ name }) => name === 'maps')) db.exec('ALTER TABLE keys ADD COLUMN maps TEXT')
}

/**
 * Makes a database readable by its owner only, even if it existed before: SQLite gives the files next to it the same
 * permissions.
 */
export function closeToOthers(path: string): void {
  closeSync(openSync(path, 'a', PRIVATE))
  for (const each of [path, `${path}-wal`, `${path}-shm`]) if (existsSync(each)) chmodSync(each, PRIVATE)
}

const PRIVATE = 0o600

/** Rows as their schema says; columns that it does not name are dropped. */
export function rowsOf<T>(schema: v.GenericSchema<unknown, T>, rows: readonly unknown[]): T[] {
  return rows.map((row) => v.parse(schema, row))
}

/** Runs `work` as one exclusive transaction: all of it, or nothing. */
export function asOne<T>(db: Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const value = work()
    db.exec('COMMIT')
    return value
  } catch (error) {
    try {
      db.exec('ROLLBACK')
    } catch {
      // A full disk has already ended the transaction.
    }
    throw error
  }
}

/** Text with JSON of this form. */
export function json<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T> {
  return v.pipe(
    v.string(),
    v.transform((text): unknown => JSON.parse(text)),
    schema,
  )
}

const TABLES = `
CREATE TABLE IF NOT EXISTS maps (
  name TEXT PRIMARY KEY,
  -- The number of the next version: the number of a removed version is never reused.
  next INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS versions (
  name TEXT NOT NULL REFERENCES maps(name),
  version INTEGER NOT NULL,
  digest TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  created TEXT NOT NULL,
  lineage TEXT NOT NULL,
  metrics TEXT NOT NULL,
  tags TEXT NOT NULL,
  once TEXT UNIQUE,
  PRIMARY KEY (name, version)
);
CREATE INDEX IF NOT EXISTS versions_by_digest ON versions(digest);
CREATE TABLE IF NOT EXISTS aliases (
  name TEXT NOT NULL,
  alias TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (name, alias),
  FOREIGN KEY (name, version) REFERENCES versions(name, version) ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS keys (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  -- Names of maps as JSON; null for every map.
  maps TEXT,
  limits TEXT NOT NULL,
  created TEXT NOT NULL,
  expires TEXT,
  revoked TEXT
);
-- Tables to train on, each once for every key that sent it.
CREATE TABLE IF NOT EXISTS tables (
  owner TEXT NOT NULL,
  digest TEXT NOT NULL,
  extension TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (owner, digest, extension)
);
CREATE TABLE IF NOT EXISTS jobs (
  id TEXT PRIMARY KEY,
  place INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL,
  owner TEXT NOT NULL,
  request TEXT NOT NULL,
  created TEXT NOT NULL,
  ended TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  epoch INTEGER NOT NULL DEFAULT 0,
  epochs INTEGER,
  version INTEGER,
  issues TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX IF NOT EXISTS jobs_by_state ON jobs(state, place);
CREATE TABLE IF NOT EXISTS events (
  job TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (job, seq)
);
`
