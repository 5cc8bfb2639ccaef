import { createHash, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { type Database, json, rowsOf } from '../data/database.ts'
import { type Limits, ownLimitsSchema } from './limits.ts'
import { type MapNames, mapNamesSchema } from './map-names.ts'
import { SCOPES, type Scope } from './scopes.ts'

/** What is stored about a key; never the key itself. */
export interface KeyEntry {
  readonly id: string
  readonly label: string
  readonly scopes: readonly Scope[]
  readonly maps: MapNames
  readonly limits: Partial<Limits>
  /** ISO 8601, UTC. */
  readonly created: string
  readonly expires: string | null
  readonly revoked: string | null
}

/** The properties of a new key. */
export interface KeyWish {
  readonly label: string
  readonly scopes: readonly Scope[]
  /** Every map by default. */
  readonly maps?: MapNames
  readonly limits: Partial<Limits>
  readonly expires: string | null
}

/** A valid key, and its digest. */
export interface LiveKey extends KeyEntry {
  readonly digest: Buffer
}

/** The keys of a data folder. Other processes may create and revoke keys at the same time. */
export interface KeyStore {
  /** Creates a key of 256 random bits, which is shown only this once. */
  make(wish: KeyWish): { readonly key: string; readonly entry: KeyEntry }
  list(): KeyEntry[]
  /** False if there is no such key, or it is already revoked. */
  revoke(id: string): boolean
  /** Keys that are not revoked; expiry is checked at each use. */
  live(): readonly LiveKey[]
  /** Whether there has ever been a key: revoking the last one admits nobody rather than everybody. */
  wasUsed(): boolean
}

/** Milliseconds for which another process's change may go unnoticed. */
const STALE_MS = 200

export function keyStore(db: Database): KeyStore {
  const version = db.prepare('PRAGMA data_version')
  let [seen, looked, known]: [number, number, readonly LiveKey[] | null] = [0, 0, null]
  let [isUsed, asked] = [false, Number.NEGATIVE_INFINITY]
  return {
    wasUsed() {
      const now = performance.now()
      if (isUsed || now - asked < STALE_MS) return isUsed
      asked = now
      isUsed = db.prepare('SELECT 1 FROM keys LIMIT 1').get() !== undefined
      return isUsed
    },
    make({ label, scopes, maps = null, limits, expires }) {
      const key = `som_${randomBytes(32).toString('base64url')}`
      const id = randomBytes(6).toString('hex')
      const created = new Date().toISOString()
      db.prepare(
        'INSERT INTO keys(id, label, digest, scopes, maps, limits, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ).run(
        ...[id, label, digestOf(key).toString('hex'), JSON.stringify(scopes), JSON.stringify(maps)],
        ...[JSON.stringify(limits), created, expires],
      )
      known = null
      isUsed = true
      return { key, entry: { id, label, scopes, maps, limits, created, expires, revoked: null } }
    },
    list: () =>
      rowsOf(keyRow, db.prepare('SELECT * FROM keys ORDER BY created, id').all()).map(
        ({ digest: _, ...entry }) => entry,
      ),
    revoke(id) {
      known = null
      return (
        db.prepare('UPDATE keys SET revoked = ? WHERE id = ? AND revoked IS NULL').run(new Date().toISOString(), id)
          .changes > 0
      )
    },
    live() {
      const now = performance.now()
      if (known && now - looked < STALE_MS) return known
      const { data_version } = v.parse(v.object({ data_version: v.number() }), version.get())
      looked = now
      if (known && seen === data_version) return known
      seen = data_version
      known = rowsOf(keyRow, db.prepare('SELECT * FROM keys WHERE revoked IS NULL').all()).map((row) => ({
        ...row,
        digest: Buffer.from(row.digest, 'hex'),
      }))
      return known
    },
  }
}

/** The stored digest of a key. A random key of 256 bits needs no slow hash. */
export function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}

const keyRow = v.object({
  id: v.string(),
  label: v.string(),
  digest: v.string(),
  scopes: json(v.array(v.picklist(SCOPES))),
  // A key that was made before there was this column may use every map.
  maps: v.pipe(
    v.optional(v.nullable(v.string()), null),
    v.transform((text): unknown => JSON.parse(text ?? 'null')),
    mapNamesSchema,
  ),
  limits: json(ownLimitsSchema),
  created: v.string(),
  expires: v.nullable(v.string()),
  revoked: v.nullable(v.string()),
})
