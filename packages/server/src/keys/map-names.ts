import Result from 'true-myth/result'
import * as v from 'valibot'

/** The maps that a key may use: names, and beginnings of names before a `*`; null for every map. */
export type MapNames = readonly string[] | null

const MOST_NAMES = 100

/** The maps that a key may use, as they are stored with it. */
export const mapNamesSchema: v.GenericSchema<MapNames, MapNames> = v.nullable(
  v.pipe(
    v.array(
      v.pipe(
        v.string(),
        v.regex(
          /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{0,63}\*?$/,
          'expected the name of a map, or its beginning and *, such as tides or north-*',
        ),
      ),
    ),
    v.minLength(1, 'expected at least one name'),
    v.maxLength(MOST_NAMES, `expected at most ${MOST_NAMES} names`),
  ),
)

/** Maps that are written with commas between them, `*` alone for every map, or what is wrong. */
export function mapNamesOf(text: string): Result<MapNames, string> {
  if (text.trim() === '*') return Result.ok(null)
  const names = v.safeParse(
    mapNamesSchema,
    text.split(',').map((name) => name.trim()),
  )
  return names.success
    ? Result.ok(names.output)
    : Result.err(`${names.issues[0].message}, found ${JSON.stringify(text)}`)
}

/** Whether a key for these maps may use the map of this name. */
export function isAmong(names: MapNames, name: string): boolean {
  return names?.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each)) ?? true
}

/**
 * A condition of SQL for `isAmong` of a column of names, and its values: `place` writes the placeholder of the value at
 * an index.
 */
export function amongSql(
  names: MapNames,
  column: string,
  place: (index: number) => string,
): { readonly where: string; readonly values: string[] } {
  if (names === null) return { where: '1 = 1', values: [] }
  const values = names.map((each) => each.replace(/\*$/, ''))
  const conditions = names.map((each, i) =>
    each.endsWith('*') ? `substr(${column}, 1, ${values[i].length}) = ${place(i)}` : `${column} = ${place(i)}`,
  )
  return { where: conditions.length === 0 ? '1 = 0' : `(${conditions.join(' OR ')})`, values }
}

/** The maps that a key may use, in words. */
export const mapsText = (names: MapNames): string => (names === null ? 'every map' : names.join(', '))
