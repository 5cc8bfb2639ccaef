import * as v from 'valibot'
import { json } from '../data/database.ts'
import type { Lineage, MapEntry, Version } from './registry.ts'

/** The database row of a map and its newest version. */
export const mapRow: v.GenericSchema<unknown, Omit<MapEntry, 'aliases'>> = v.object({
  name: v.string(),
  versions: v.number(),
  latest: v.number(),
})

/** The row of what is kept in some maps. */
export const keptRow: v.GenericSchema<unknown, { maps: number; bytes: number }> = v.object({
  maps: v.number(),
  bytes: v.number(),
})

const lineageSchema: v.GenericSchema<unknown, Lineage> = v.object({
  rows: v.string(),
  table: v.optional(v.string()),
  parent: v.optional(v.object({ name: v.string(), version: v.number() })),
  job: v.optional(v.string()),
  parameters: v.record(v.string(), v.unknown()),
})

/** The database row of a version: nested values are JSON in text. */
export const versionRow: v.GenericSchema<unknown, Omit<Version, 'aliases'>> = v.object({
  name: v.string(),
  version: v.number(),
  digest: v.string(),
  // PostgreSQL's bigint comes as text.
  bytes: v.pipe(v.union([v.number(), v.string()]), v.transform(Number)),
  created: v.string(),
  lineage: json(lineageSchema),
  metrics: json(v.record(v.string(), v.number())),
  tags: json(v.record(v.string(), v.string())),
})
