import type { CellColumn } from '../read/answers.ts'
import type { Placed } from './embed.ts'

/** A column of the places of rows, and what its cells are, for people. */
export type PlaceColumn = CellColumn<Pick<Placed, 'place' | 'unit'>> & { readonly help: string }

/** The columns of rows in the plane of a map, under the same names in every format: `plane_x` and `plane_y`. */
export function placeColumns(): PlaceColumn[] {
  return (['x', 'y'] as const).map((axis, offset) => ({
    name: `plane_${axis}`,
    kind: 'number',
    help: axis === 'x' ? "place in the plane of the map's rows, to the right" : 'the same, downwards',
    fill({ place }, into) {
      for (let i = 0; i < into.length; i++) into[i] = place[2 * i + offset]
    },
  }))
}
