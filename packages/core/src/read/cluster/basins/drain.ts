import type { Som } from '../../../som.ts'
import { uMatrix } from '../../u-matrix.ts'
import type { Level } from '../density/hdbscan.ts'
import { densities, immersions, uStarHeights } from './u-star.ts'
import { basinsOf, groupsOfBasins, levelsOfBasins } from './watershed.ts'

/** Passes so many times as high as their sides part groups: those of clouds without groups stay just below. */
const BORDER = { watershed: 1.3, 'u-star': 1.8 }

export interface Drained {
  /** The group of each unit, in no particular order. */
  readonly groups: Uint32Array
  readonly levels: readonly Level[]
  /** The largest number of groups. */
  readonly most: number
}

/**
 * Groups of units that the ridges of a map's heights part, euclidean ones: of its U-matrix, or of its U*-matrix, where
 * units are immersed into their groups. Without a number, passes are borders that are 1.3 times as high as both sides
 * are on average, 1.8 times in a U*-matrix.
 */
export function drain(
  { lattice, codebook }: Pick<Som, 'lattice' | 'codebook'>,
  weights: Float64Array,
  { isStar, least, count }: { readonly isStar: boolean; readonly least: number; readonly count: number | undefined },
): Drained {
  const heights = uMatrix({ lattice, codebook, metric: 'euclidean' })
  const density = isStar ? densities(codebook, weights) : weights
  const basins = basinsOf(lattice, isStar ? uStarHeights(heights, density) : heights, weights, least)
  const borders = basins.passes.filter(({ depth }) => depth >= BORDER[isStar ? 'u-star' : 'watershed']).length
  const closed = groupsOfBasins(basins, count === undefined ? borders : count - 1)
  const groups = isStar ? immersions(lattice, heights, density).map((unit) => closed[unit]) : closed
  return { groups, levels: levelsOfBasins(basins), most: 1 + basins.passes.filter(({ depth }) => depth > 0).length }
}
