import type { Cell, Shape } from '../map/lattice.ts'
import type { Principal } from './pca.ts'

/** A map of fewer units shows next to nothing. */
const LEAST_UNITS = 4

/** Units by default for each root of the rows. */
export const UNITS_A_ROOT = 10

/**
 * The default number of units: 10·√N, but at most one unit for every two rows. `docs/design/defaults.md` has the
 * measurements.
 */
export function defaultUnits(rows: number): number {
  return Math.max(LEAST_UNITS, Math.ceil(Math.min(UNITS_A_ROOT * Math.sqrt(rows), rows / 2)))
}

/**
 * The size of a map of about `lattice.units` units (`defaultUnits` where it is not given), with sides in the ratio of
 * the two largest standard deviations of the data (the square root of the eigenvalue ratio) and the longer side along
 * the columns. The ratio is that of J. Vesanto et al., SOM Toolbox for Matlab 5, 2000.
 */
export function mapSize(
  rows: number,
  principal: Principal,
  lattice: { readonly cell: Cell; readonly shape: Shape; readonly units?: number },
): { rows: number; columns: number } {
  const units = lattice.units ?? defaultUnits(rows)
  const [first, second] = principal.components.map((component) => component.deviation)
  // Data on a line, or nearly: a map one unit high would show nothing, so the rule falls back to a square.
  const ratio = second * second * units < first * first || second === 0 ? 1 : first / second
  // Rows of a hexagonal lattice lie √0.75 apart, so more of them fit the same side.
  const rowHeight = lattice.cell === 'hexagonal' ? Math.sqrt(0.75) : 1
  const mapRows = Math.max(1, Math.min(units, Math.round(Math.sqrt(units / (ratio * rowHeight)))))
  const even = lattice.cell === 'hexagonal' && lattice.shape !== 'sheet' ? mapRows + (mapRows % 2) : mapRows
  return { rows: even, columns: Math.max(1, Math.round(units / even)) }
}
