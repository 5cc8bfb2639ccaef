import { type Feature, fromPreprocessed, type Matrix, type Som } from '@som/core'

/** A feature, or a category column, that made a row stand out. */
export interface Cause {
  /** The name of the feature, or the category's column. */
  readonly feature: string
  /** Its share of the squared distance, 0 to 1. */
  readonly share: number
  /**
   * Its value, and the value that the map expected, in the user's units. For a category, its level, and the most
   * frequent level at the unit.
   */
  readonly value: number | string
  readonly usual: number | string
}

/** The most causes named, and the least share of each. */
const MOST = 3
const LEAST_SHARE = 0.05

/**
 * The largest shares of row `i`'s squared distance from its unit, largest first. The levels of a category are one
 * cause: `groups` are the groups of the map's features.
 */
export function causesOf(
  som: Som,
  { of, groups }: CauseGroups,
  rows: Matrix,
  values: Float64Array,
  i: number,
  unit: number,
): Cause[] {
  const width = rows.columns
  const squares = new Float64Array(groups.length)
  let sum = 0
  for (let f = 0; f < width; f++) {
    const residual = rows.data[i * width + f] - som.codebook.data[unit * width + f]
    if (Number.isNaN(residual)) continue
    squares[of[f]] += residual * residual
    sum += residual * residual
  }
  if (!(sum > 0)) return []
  const usualOf = (f: number): number =>
    fromPreprocessed(som.features[f].preprocessing, som.codebook.data[unit * width + f])
  return Array.from(squares.keys())
    .filter((g) => squares[g] >= LEAST_SHARE * sum)
    .sort((a, b) => squares[b] - squares[a] || a - b)
    .slice(0, MOST)
    .map((g) => {
      const { name, levels, features } = groups[g]
      const [value, usual] = [features.map((f) => values[i * width + f]), features.map(usualOf)]
      const told =
        levels === undefined
          ? { value: value[0], usual: usual[0] }
          : { value: most(levels, value), usual: most(levels, usual) }
      return { feature: name, share: squares[g] / sum, ...told }
    })
}

/** Features reported as one cause: each feature alone, but the levels of a category together. */
export interface CauseGroups {
  /** The group of each feature. */
  readonly of: readonly number[]
  readonly groups: readonly CauseGroup[]
}

interface CauseGroup {
  readonly name: string
  readonly features: readonly number[]
  /** The level of each category feature. */
  readonly levels?: readonly string[]
}

/** The groups of a map's features, in the order of their first feature. */
export function causeGroups(features: readonly Pick<Feature, 'name' | 'source'>[]): CauseGroups {
  const groups: { name: string; features: number[]; levels?: string[] }[] = []
  const of = features.map(({ name, source }, f) => {
    if (source === undefined || !('level' in source)) return groups.push({ name, features: [f] }) - 1
    const found = groups.findIndex((group) => group.levels !== undefined && group.name === source.column)
    if (found < 0) return groups.push({ name: source.column, features: [f], levels: [source.level] }) - 1
    groups[found].features.push(f)
    groups[found].levels?.push(source.level)
    return found
  })
  return { of, groups }
}

function most(levels: readonly string[], shares: readonly number[]): string {
  return levels[shares.reduce((best, share, k) => (share > shares[best] ? k : best), 0)]
}
