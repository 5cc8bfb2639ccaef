import type { Cell, Shape } from '../map/lattice.ts'
import type { Principal } from './pca.ts'

/**
 * The field's rule for the size of a map: about 5·√N units, sides in the ratio of the two largest standard deviations of the data
 * (the square root of the eigenvalue ratio), the longer side along the columns. J. Vesanto et al., SOM Toolbox for Matlab 5, 2000.
 */
export function mapSize(
  rows: number,
  principal: Principal,
  lattice: { readonly cell: Cell; readonly shape: Shape },
): { rows: number; columns: number } {
  const units = Math.ceil(5 * Math.sqrt(rows))
  const [first, second] = principal.components.map((component) => component.deviation)
  // Data on a line, or nearly: a map one unit high would show nothing, so the rule falls back to a square.
  const ratio = second * second * units < first * first || second === 0 ? 1 : first / second
  // Rows of a hexagonal lattice lie √0.75 apart, so more of them fit the same side.
  const rowHeight = lattice.cell === 'hexagonal' ? Math.sqrt(0.75) : 1
  const mapRows = Math.max(1, Math.min(units, Math.round(Math.sqrt(units / (ratio * rowHeight)))))
  const even = lattice.cell === 'hexagonal' && lattice.shape !== 'sheet' ? mapRows + (mapRows % 2) : mapRows
  return { rows: even, columns: Math.max(1, Math.round(units / even)) }
}
