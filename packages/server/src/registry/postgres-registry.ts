import * as v from 'valibot'
import { rowsOf } from '../data/database.ts'
import { amongSql } from '../keys/map-names.ts'
import type { ObjectFiles } from '../shared/object-files.ts'
import type { Ask, Postgres } from '../shared/postgres.ts'
import type { MapEntry, Registry, Version } from './registry.ts'
import { keptRow, mapRow, versionRow } from './version-row.ts'

/** A registry that several instances share: model files in a bucket by their SHA-256, and their index in PostgreSQL. */
export async function postgresRegistry(db: Postgres, files: ObjectFiles): Promise<Registry> {
  await db.asOne(async (ask) => {
    // Instances that start together create the tables one after the other.
    await ask('SELECT pg_advisory_xact_lock($1)', [TABLES_LOCK])
    await ask(TABLES)
  })
  return {
    async put({ name, lineage, metrics, tags, once }, file) {
      const parts = [...file]
      // A collection may remove the file before a version refers to it: then it is uploaded again.
      for (;;) {
        const { digest, bytes } = await files.keep(parts)
        const made = await db.asOne(async (ask) => {
          await ask('SELECT pg_advisory_xact_lock_shared($1)', [FILES_LOCK])
          if (once !== undefined) {
            await ask('SELECT pg_advisory_xact_lock(hashtextextended($1, $2))', [once, FILES_LOCK])
            const [before] = await versionsOf(ask, 'once = $1', once)
            if (before) return before
          }
          if (!(await files.has(digest))) return null
          const next = await ask(
            'INSERT INTO som_maps AS m (name, next) VALUES ($1, 2) ON CONFLICT (name) DO UPDATE SET next = m.next + 1 RETURNING next - 1 AS version',
            [name],
          )
          const [{ version }] = rowsOf(v.object({ version: v.number() }), next.rows)
          const created = new Date().toISOString()
          await ask(
            'INSERT INTO som_versions(name, version, digest, bytes, created, lineage, metrics, tags, once) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
            [
              ...[name, version, digest, bytes, created, JSON.stringify(lineage), JSON.stringify(metrics)],
              ...[JSON.stringify(tags), once ?? null],
            ],
          )
          return { name, version, digest, bytes, created, lineage, metrics, tags, aliases: [] }
        })
        if (made) return made
      }
    },
    async maps({ after = '', limit, within = null }) {
      const { where, values } = amongSql(within, 'name', (i) => `$${i + 3}`)
      const { rows } = await db.ask(
        `SELECT name, count(*)::int AS versions, max(version) AS latest FROM som_versions WHERE name > $1 AND ${where} GROUP BY name ORDER BY name LIMIT $2`,
        [after, limit, ...values],
      )
      const found = rowsOf(mapRow, rows)
      const aliases = await db.ask('SELECT name, alias, version FROM som_aliases WHERE name = ANY($1) ORDER BY alias', [
        found.map(({ name }) => name),
      ])
      const known = rowsOf(aliasRow, aliases.rows)
      return found.map((row): MapEntry => {
        const own = known.filter(({ name }) => name === row.name)
        return { ...row, aliases: Object.fromEntries(own.map(({ alias, version }) => [alias, version])) }
      })
    },
    async kept(within) {
      const { where, values } = amongSql(within, 'name', (i) => `$${i + 1}`)
      const { rows } = await db.ask(
        `SELECT count(DISTINCT name)::int AS maps, coalesce(sum(bytes), 0)::float8 AS bytes FROM som_versions WHERE ${where}`,
        values,
      )
      return rowsOf(keptRow, rows)[0]
    },
    versions: (name) => versionsOf(db.ask, 'name = $1 ORDER BY version DESC', name),
    async find(name, which) {
      const [found] =
        'version' in which
          ? await versionsOf(db.ask, 'name = $1 AND version = $2', name, which.version)
          : await versionsOf(
              db.ask,
              'name = $1 AND version = (SELECT version FROM som_aliases a WHERE a.name = $1 AND alias = $2)',
              ...[name, which.alias],
            )
      return found ?? null
    },
    read: ({ digest }) => files.read(digest),
    async setAlias(name, alias, version) {
      if (version === null)
        return (await db.ask('DELETE FROM som_aliases WHERE name = $1 AND alias = $2', [name, alias])).count > 0
      const { count } = await db.ask(
        `INSERT INTO som_aliases(name, alias, version) SELECT name, $2, version FROM som_versions WHERE name = $1 AND version = $3
         FOR KEY SHARE ON CONFLICT (name, alias) DO UPDATE SET version = excluded.version`,
        [name, alias, version],
      )
      return count > 0
    },
    async setTags(name, version, tags) {
      const values = [JSON.stringify(tags), name, version]
      return (await db.ask('UPDATE som_versions SET tags = $1 WHERE name = $2 AND version = $3', values)).count > 0
    },
    async remove(name, version) {
      return (await db.ask('DELETE FROM som_versions WHERE name = $1 AND version = $2', [name, version])).count > 0
    },
    async collect() {
      return db.asOne(async (ask) => {
        // No instance adds a version in between: `put` looks for its file under the same lock.
        await ask('SELECT pg_advisory_xact_lock($1)', [FILES_LOCK])
        const { rows } = await ask('SELECT DISTINCT digest FROM som_versions')
        const wanted = new Set(rowsOf(v.object({ digest: v.string() }), rows).map(({ digest }) => digest))
        return files.sweep((digest) => wanted.has(digest))
      })
    },
  }
}

async function versionsOf(ask: Ask, where: string, ...values: (string | number)[]): Promise<Version[]> {
  const { rows } = await ask(
    `SELECT *, ARRAY(SELECT alias FROM som_aliases a WHERE a.name = s.name AND a.version = s.version ORDER BY alias) AS aliases
     FROM som_versions s WHERE ${where}`,
    values,
  )
  return rowsOf(v.intersect([versionRow, v.object({ aliases: v.array(v.string()) })]), rows)
}

const aliasRow = v.object({ name: v.string(), alias: v.string(), version: v.number() })

/** Numbers of advisory locks; other users of the database are unlikely to use these. */
const TABLES_LOCK = 0x536f_6d01
const FILES_LOCK = 0x536f_6d02

// Names sort by their bytes, as in a folder.
const TABLES = `
CREATE TABLE IF NOT EXISTS som_maps (
  name text COLLATE "C" PRIMARY KEY,
  next integer NOT NULL
);
CREATE TABLE IF NOT EXISTS som_versions (
  name text COLLATE "C" NOT NULL REFERENCES som_maps(name),
  version integer NOT NULL,
  digest text NOT NULL,
  bytes bigint NOT NULL,
  created text NOT NULL,
  lineage text NOT NULL,
  metrics text NOT NULL,
  tags text NOT NULL,
  once text UNIQUE,
  PRIMARY KEY (name, version)
);
CREATE INDEX IF NOT EXISTS som_versions_by_digest ON som_versions(digest);
CREATE TABLE IF NOT EXISTS som_aliases (
  name text COLLATE "C" NOT NULL,
  alias text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (name, alias),
  FOREIGN KEY (name, version) REFERENCES som_versions(name, version) ON DELETE CASCADE
);
`
