import type { Som } from '@som/core'
import { PICTURES, type Picture, type PicturedRows, pictureNamed, type ScaleOptions } from '@som/plot'
import { Refused } from './problem.ts'

const namesOf = (...kinds: readonly Picture['of'][]): string[] =>
  Object.keys(PICTURES).filter((name) => kinds.includes(PICTURES[name].of) && !PICTURES[name].onPlane)

/** Pictures of the map alone; a component plane is that of one feature. */
export const MAP_PICTURES: readonly string[] = namesOf('map', 'either')
/** Pictures of rows on the map, apart from that of its plane. */
export const ROW_PICTURES: readonly string[] = namesOf('rows', 'either')

/** What a picture is of. */
export interface PictureQuery extends ScaleOptions {
  readonly feature?: string
  readonly target?: string
}

/**
 * A picture of the map as SVG. Null where there is none of this name, or where the map lacks what it shows. Throws a
 * `Refused` where the values do not go with their scale.
 */
export async function pictureOf(
  som: Som,
  name: string,
  { feature, target, ...options }: PictureQuery,
): Promise<string | null> {
  const picture = pictureNamed(name)
  if (picture === null || picture.of === 'rows' || picture.lacks?.(som)) return null
  if (picture.isOfFeature && !som.features.some((each) => each.name === feature)) return null
  if (!picture.hasColours) refuseScale(name, options)
  const named = { ...(feature !== undefined && { feature }), ...(target !== undefined && { target }) }
  return drawn(() => picture.svg({ som, options, ...named }))
}

/** Whether a picture of rows shows their labels. */
export const needsLabels = (name: string): boolean => pictureNamed(name)?.hasLabels === true

/** A picture of rows as SVG; null where there is none of this name. Throws a `Refused` for rows that it cannot show. */
export async function rowPictureOf(name: string, rows: PicturedRows): Promise<string | null> {
  const picture = pictureNamed(name)
  return picture === null || picture.of === 'map' ? null : drawn(() => picture.svg(rows))
}

async function drawn(draw: () => string | Promise<string>): Promise<string> {
  try {
    return await draw()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const [, path = '', message] = /^(?:([\w.]+): )?(.*)$/s.exec(error.message) ?? []
    throw new Refused(400, [{ path, message }])
  }
}

function refuseScale(name: string, options: ScaleOptions): void {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  if (given.length === 0) return
  throw new Refused(
    400,
    given.map(([path]) => ({ path, message: `is for values as colours, and ${name} has none` })),
  )
}
