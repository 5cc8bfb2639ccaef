import * as v from 'valibot'
import { asOne, type Database, rowsOf } from '../data/database.ts'
import type { KeptFiles } from '../data/kept-files.ts'
import { amongSql } from '../keys/map-names.ts'
import type { MapEntry, Registry, Version, Which } from './registry.ts'
import { keptRow, mapRow, versionRow } from './version-row.ts'

/** A registry in a folder: model files by their SHA-256, and their index in SQLite. */
export function folderRegistry(db: Database, files: KeptFiles): Registry {
  const aliasesOf = (name: string, version: number): string[] =>
    rowsOf(
      v.object({ alias: v.string() }),
      db.prepare('SELECT alias FROM aliases WHERE name = ? AND version = ? ORDER BY alias').all(name, version),
    ).map(({ alias }) => alias)
  const versionsOf = (where: string, ...values: (string | number)[]): Version[] =>
    rowsOf(versionRow, db.prepare(`SELECT * FROM versions WHERE ${where}`).all(...values)).map((row) => ({
      ...row,
      aliases: aliasesOf(row.name, row.version),
    }))

  return {
    async put({ name, lineage, metrics, tags, once }, file) {
      // A collection may remove the file before a version refers to it: then it is written again.
      for (;;) {
        const { digest, bytes } = await files.keep(file, MODEL)
        const made = asOne(db, () => {
          const [before] = once === undefined ? [] : versionsOf('once = ?', once)
          if (before) return before
          if (!files.has(digest, MODEL)) return null
          const { version } = v.parse(
            v.object({ version: v.number() }),
            db
              .prepare(
                'INSERT INTO maps(name, next) VALUES (?, 2) ON CONFLICT(name) DO UPDATE SET next = next + 1 RETURNING next - 1 AS version',
              )
              .get(name),
          )
          const created = new Date().toISOString()
          db.prepare(
            'INSERT INTO versions(name, version, digest, bytes, created, lineage, metrics, tags, once) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
          ).run(
            ...[name, version, digest, bytes, created, JSON.stringify(lineage), JSON.stringify(metrics)],
            ...[JSON.stringify(tags), once ?? null],
          )
          return { name, version, digest, bytes, created, lineage, metrics, tags, aliases: [] }
        })
        if (made) return made
      }
    },
    async maps({ after = '', limit, within = null }) {
      const { where, values } = amongSql(within, 'name', () => '?')
      const found = rowsOf(
        mapRow,
        db
          .prepare(
            `SELECT name, count(*) AS versions, max(version) AS latest FROM versions WHERE name > ? AND ${where} GROUP BY name ORDER BY name LIMIT ?`,
          )
          .all(after, ...values, limit),
      )
      return found.map((row): MapEntry => {
        const aliases = rowsOf(
          v.object({ alias: v.string(), version: v.number() }),
          db.prepare('SELECT alias, version FROM aliases WHERE name = ? ORDER BY alias').all(row.name),
        )
        return { ...row, aliases: Object.fromEntries(aliases.map(({ alias, version }) => [alias, version])) }
      })
    },
    async kept(within) {
      const { where, values } = amongSql(within, 'name', () => '?')
      const sums = `SELECT count(DISTINCT name) AS maps, coalesce(sum(bytes), 0) AS bytes FROM versions WHERE ${where}`
      return v.parse(keptRow, db.prepare(sums).get(...values))
    },
    versions: async (name) => versionsOf('name = ? ORDER BY version DESC', name),
    async find(name, which: Which) {
      const [found] =
        'version' in which
          ? versionsOf('name = ? AND version = ?', name, which.version)
          : versionsOf(
              'name = ? AND version = (SELECT version FROM aliases a WHERE a.name = ? AND alias = ?)',
              ...[name, name, which.alias],
            )
      return found ?? null
    },
    read: ({ digest }) => files.read(digest, MODEL),
    async setAlias(name, alias, version) {
      if (version === null)
        return db.prepare('DELETE FROM aliases WHERE name = ? AND alias = ?').run(name, alias).changes > 0
      return asOne(db, () => {
        if (versionsOf('name = ? AND version = ?', name, version).length === 0) return false
        db.prepare(
          'INSERT INTO aliases(name, alias, version) VALUES (?, ?, ?) ON CONFLICT(name, alias) DO UPDATE SET version = excluded.version',
        ).run(name, alias, version)
        return true
      })
    },
    setTags: async (name, version, tags) =>
      db.prepare('UPDATE versions SET tags = ? WHERE name = ? AND version = ?').run(JSON.stringify(tags), name, version)
        .changes > 0,
    remove: async (name, version) =>
      db.prepare('DELETE FROM versions WHERE name = ? AND version = ?').run(name, version).changes > 0,
    async collect() {
      // No version is added in between: `put` looks for its file within its own transaction.
      return asOne(db, () => {
        const wanted = rowsOf(
          v.object({ digest: v.string() }),
          db.prepare('SELECT DISTINCT digest FROM versions').all(),
        )
        const digests = new Set(wanted.map(({ digest }) => digest))
        return files.sweep((digest) => digests.has(digest))
      })
    },
  }
}

/** The extension of model files. */
const MODEL = '.som'
