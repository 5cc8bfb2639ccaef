import { type Backend, type Matrix, matrix, rowOf } from '@som/core'
import { pointsOf } from '../colour/packed-colour.ts'
import { endOf, sameEnds } from '../colour/same-ends.ts'
import { matchTo } from './match-to.ts'

/**
 * The palette colour nearest to each point. Clear points take only clear colours and opaque points only opaque ones, if
 * there are any.
 */
export async function matchEnds(palette: Uint32Array, points: Matrix, backend: Backend): Promise<Int32Array> {
  if (points.columns === 3) return (await matchTo(pointsOf(palette, true), points, backend)).unit
  const colours = pointsOf(palette, false)
  const ends = sameEnds(palette)
  const found = new Int32Array(points.rows)
  const endAt = Array.from({ length: points.rows }, (_, i) => endOf(Math.round(510 * rowOf(points, i)[3])))
  for (const end of ['clear', 'opaque', 'between'] as const) {
    const places = ends[end]
    const own = Uint32Array.from(endAt.flatMap((at, i) => (at === end ? [i] : [])))
    if (own.length === 0) continue
    const { unit } = await matchTo(rowsOf(colours, places), rowsOf(points, own), backend)
    own.forEach((i, at) => {
      found[i] = places[unit[at]]
    })
  }
  return found
}

function rowsOf(all: Matrix, chosen: Uint32Array): Matrix {
  const rows = matrix(chosen.length, all.columns)
  chosen.forEach((i, at) => void rows.data.set(rowOf(all, i), at * all.columns))
  return rows
}
