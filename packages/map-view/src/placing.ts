import { type Lattice, unitCount, unitPosition } from '@som/core'

/** Where the units of a lattice are drawn in a box, in px. */
export interface Placing {
  readonly lattice: Lattice
  /** px between neighbours in a row. */
  readonly step: number
  /** Centre of unit 0. */
  readonly left: number
  readonly top: number
}

/** A lattice as large as fits into a box of this size, in its middle. */
export function placingOf(lattice: Lattice, width: number, height: number): Placing {
  const shift = lattice.cell === 'hexagonal' && lattice.rows > 1 ? 0.5 : 0
  const across = lattice.columns + shift
  const down = (lattice.rows - 1) * rowStep(lattice) + cellHeight(lattice)
  const step = Math.max(0, Math.min(width / across, height / down))
  return {
    lattice,
    step,
    left: (width - step * across) / 2 + step / 2,
    top: (height - step * down) / 2 + (step * cellHeight(lattice)) / 2,
  }
}

/** Height over width of a lattice that is drawn whole. */
export function ratioOf(lattice: Lattice): number {
  const shift = lattice.cell === 'hexagonal' && lattice.rows > 1 ? 0.5 : 0
  return ((lattice.rows - 1) * rowStep(lattice) + cellHeight(lattice)) / (lattice.columns + shift)
}

/** The centre of a unit. */
export function centreOf({ lattice, step, left, top }: Placing, unit: number): { x: number; y: number } {
  const { x, y } = unitPosition(lattice, unit)
  return { x: left + x * step, y: top + y * step }
}

/** The unit whose cell a point is in; -1 beside the map. */
export function unitAt(placing: Placing, x: number, y: number): number {
  const { lattice, step, left, top } = placing
  if (step <= 0) return -1
  const middle = Math.round((y - top) / (step * rowStep(lattice)))
  let [nearest, least] = [-1, Number.POSITIVE_INFINITY]
  for (let row = middle - 1; row <= middle + 1; row++) {
    if (row < 0 || row >= lattice.rows) continue
    const shift = lattice.cell === 'hexagonal' ? (row & 1) / 2 : 0
    const column = Math.round((x - left) / step - shift)
    if (column < 0 || column >= lattice.columns) continue
    const [dx, dy] = [x - left - (column + shift) * step, y - top - row * rowStep(lattice) * step]
    const distance = dx * dx + dy * dy
    if (distance < least) [nearest, least] = [row * lattice.columns + column, distance]
  }
  const reach = lattice.cell === 'hexagonal' ? step / Math.sqrt(3) : step * Math.SQRT1_2
  return least <= reach * reach ? nearest : -1
}

/** The units whose centres lie within a polygon: x, y, x, y, … */
export function unitsWithin(placing: Placing, polygon: readonly number[]): number[] {
  const found: number[] = []
  for (let unit = 0; unit < unitCount(placing.lattice); unit++) {
    const { x, y } = centreOf(placing, unit)
    if (isWithin(polygon, x, y)) found.push(unit)
  }
  return found
}

/** Whether a point is within a polygon (x, y, x, y, …), by the even-odd rule. */
export function isWithin(polygon: readonly number[], x: number, y: number): boolean {
  let within = false
  const corners = polygon.length / 2
  for (let i = 0, j = corners - 1; i < corners; j = i++) {
    const [xi, yi, xj, yj] = [polygon[2 * i], polygon[2 * i + 1], polygon[2 * j], polygon[2 * j + 1]]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within
  }
  return within
}

const rowStep = ({ cell }: Lattice): number => (cell === 'hexagonal' ? Math.sqrt(3) / 2 : 1)
const cellHeight = ({ cell }: Lattice): number => (cell === 'hexagonal' ? 2 / Math.sqrt(3) : 1)
