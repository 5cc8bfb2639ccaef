import type { ClusterMethod } from '@som/core'

const MOST_UNITS = 1024
const UNITS_A_ROOT = 5
const UNITS_A_ROOT_OF_ROWS = 8

/**
 * The number of units for a number of rows: fewer than the default for maps to look at, enough to tell groups apart and
 * few enough to group them quickly. More where rows are grouped and not units, which give rows their groups: a unit
 * across a border gives some of its rows the wrong one.
 */
export const unitsFor = (rows: number, method?: ClusterMethod): number =>
  Math.min(MOST_UNITS, Math.ceil((method === 'conductance' ? UNITS_A_ROOT_OF_ROWS : UNITS_A_ROOT) * Math.sqrt(rows)))
