import { type Matrix, matrix, rowOf } from '@som/core'
import { endOf, sameEnds } from '../colour/same-ends.ts'
import { nearestOf } from './nearest-of.ts'

/**
 * `nearestOf` for pixels with a known alpha, 0 to 255: clear pixels take only clear colours and opaque pixels only
 * opaque ones, if there are any.
 */
export function nearestEnds(points: Matrix, palette: Uint32Array): (query: Float64Array, alpha: number) => number {
  const ends = sameEnds(palette)
  const among = (places: Uint32Array): ((query: Float64Array) => number) => {
    const rows = matrix(places.length, points.columns)
    places.forEach((place, at) => void rows.data.set(rowOf(points, place), at * points.columns))
    const nearest = nearestOf(rows)
    return (query) => places[nearest(query)]
  }
  const searches = { clear: among(ends.clear), opaque: among(ends.opaque), between: among(ends.between) }
  return (query, alpha) => searches[endOf(alpha)](query)
}
