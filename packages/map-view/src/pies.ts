import { centreOf, type Placing } from './placing.ts'

/** How many rows of each class are on each unit. */
export interface Pies {
  readonly classes: number
  /** Unit by unit, a number for each class. */
  readonly counts: ArrayLike<number>
}

/** Cells narrower than this (px) are coloured by their most frequent class, as in the pictures of `som plot`. */
export const NARROW_PIE = 8
/** The share of its cell that the largest pie takes. */
const LARGEST = 0.9

/** The most frequent class of each unit, the first of several; -1 for a unit without rows. */
export function majorityOf({ classes, counts }: Pies, units: number): Int16Array {
  const most = new Int16Array(units).fill(-1)
  for (let unit = 0; unit < units; unit++)
    for (let k = 0, rows = 0; k < classes; k++)
      if (counts[unit * classes + k] > rows) {
        rows = counts[unit * classes + k]
        most[unit] = k
      }
  return most
}

/** A pie on each unit that has rows, its area proportional to them; slices clockwise from the top. */
export function drawPies(
  context: CanvasRenderingContext2D,
  placing: Placing,
  { classes, counts }: Pies,
  colours: readonly string[],
  alphaOf: (unit: number) => number,
): void {
  const units = placing.lattice.rows * placing.lattice.columns
  const totals = new Float64Array(units)
  for (let unit = 0; unit < units; unit++) for (let k = 0; k < classes; k++) totals[unit] += counts[unit * classes + k]
  const most = totals.reduce((a, b) => Math.max(a, b), 1)
  for (let unit = 0; unit < units; unit++) {
    if (totals[unit] === 0) continue
    const { x, y } = centreOf(placing, unit)
    const radius = (LARGEST * placing.step * Math.sqrt(totals[unit] / most)) / 2
    context.globalAlpha = alphaOf(unit)
    let from = 0
    for (let k = 0; k < classes; k++) {
      const share = counts[unit * classes + k] / totals[unit]
      if (share === 0) continue
      const [start, end] = [from, from + share].map((part) => 2 * Math.PI * part - Math.PI / 2)
      from += share
      context.beginPath()
      if (share < 1) context.moveTo(x, y)
      context.arc(x, y, radius, start, end)
      context.closePath()
      context.fillStyle = colours[k]
      context.fill()
    }
  }
  context.globalAlpha = 1
}
