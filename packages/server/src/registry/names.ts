import * as v from 'valibot'
import type { MapNames } from '../keys/map-names.ts'
import type { Params } from '../openapi/example.ts'
import { exampleAlias, exampleVersion } from './example-place.ts'
import type { Registry, Which } from './registry.ts'

/** Valid names of maps, aliases and tags: letters, digits, `.`, `_` and `-`, a letter or a digit first, no `..`. */
export const NAME: RegExp = /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

const NAME_MESSAGE = 'expected 1 to 64 letters, digits, ".", "_" or "-", a letter or a digit first, no ".."'

/** The name of a map. */
export const nameSchema: v.GenericSchema<string, string> = v.pipe(v.string(), v.regex(NAME, NAME_MESSAGE))

/** The name of an alias: as for maps, but not a number, which would look like a version. */
export const aliasSchema: v.GenericSchema<string, string> = v.pipe(
  v.string(),
  v.regex(/^(?!.*\.\.)(?![0-9]+$)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, `${NAME_MESSAGE}, and not a number`),
)

/** A version in a path. */
export const versionSchema: v.GenericSchema<string, number> = v.pipe(
  v.string(),
  v.regex(/^[1-9][0-9]{0,8}$/, 'expected a version, which is an integer of at least 1'),
  v.transform(Number),
)

/** The most tags of one version, and the most characters of one. */
const MOST_TAGS = 64
const MOST_TAG = 1000

/** The tags of a version. */
export const tagsSchema: v.GenericSchema<Record<string, string>, Record<string, string>> = v.pipe(
  v.record(v.pipe(v.string(), v.regex(NAME, NAME_MESSAGE)), v.pipe(v.string(), v.maxLength(MOST_TAG))),
  v.maxEntries(MOST_TAGS, `expected at most ${MOST_TAGS} tags`),
)

/** The metrics of a version, by name. */
export const metricsSchema: v.GenericSchema<Record<string, number>, Record<string, number>> = v.pipe(
  v.record(v.pipe(v.string(), v.regex(NAME, NAME_MESSAGE)), v.pipe(v.number(), v.finite())),
  v.maxEntries(MOST_TAGS, `expected at most ${MOST_TAGS} metrics`),
)

/** A version of a map in a path. */
export type Named = { readonly name: string } & Which

/** How paths name a version, by its number or by an alias, and one that is there, for examples. */
export const PLACES: readonly {
  readonly base: string
  readonly params: v.GenericSchema<unknown, Named>
  example(registry: Registry, within: MapNames): Promise<(Named & Params) | null>
}[] = [
  {
    base: '/v1/maps/:name/versions/:version',
    params: v.object({ name: nameSchema, version: versionSchema }),
    example: exampleVersion,
  },
  {
    base: '/v1/maps/:name/alias/:alias',
    params: v.object({ name: nameSchema, alias: aliasSchema }),
    example: exampleAlias,
  },
]
