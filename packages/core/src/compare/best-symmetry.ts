import { columnGap, type Lattice, rowGap, rowScale } from '../map/lattice.ts'
import { breather } from '../next-turn.ts'
import { type Flip, flipsOf, type Symmetry, shiftsOf, symmetryOf } from './symmetries.ts'

/** How many rows have these units on the two maps. */
export interface Pair {
  readonly a: number
  readonly b: number
  rows: number
}

/**
 * The symmetry of a lattice by which rows move least from their units on the first map to those of the second, the
 * first of equal ones. A squared distance is one of rows and one of columns, so that shifts down and to the right are
 * chosen one after the other: a toroid has as many symmetries as units, eight times.
 */
export async function bestSymmetry(lattice: Lattice, pairs: readonly Pair[]): Promise<Symmetry> {
  const breathe = breather()
  const shifts = shiftsOf(lattice)
  const [first, ...others] = flipsOf(lattice)
  const shifted = async (flip: Flip): Promise<{ flip: Flip; down: number; right: number; moved: number }> => {
    const [rows, columns] = gapsOf(lattice, flip, pairs)
    const down = await least(shifts.rows, rows, breathe)
    const right = await least(shifts.columns, columns, breathe)
    return { flip, down: down.shift, right: right.shift, moved: down.moved * rowScale(lattice) + right.moved }
  }
  let best = await shifted(first)
  for (const flip of others) {
    const found = await shifted(flip)
    if (found.moved < best.moved) best = found
  }
  return symmetryOf(lattice, best.flip, best.down, best.right)
}

/** Rows that are this far apart, before a shift. */
interface Gap {
  rows: number
  /** How far apart they are after a shift. */
  after(shift: number): number
}

/** Equal gaps between units and where the flip lays those of the second map, along the rows and along the columns. */
function gapsOf(lattice: Lattice, flip: Flip, pairs: readonly Pair[]): [Gap[], Gap[]] {
  const [down, across] = [new Map<string, Gap>(), new Map<string, Gap>()]
  const add = (gaps: Map<string, Gap>, key: string, rows: number, after: Gap['after']): void => {
    const gap = gaps.get(key)
    if (gap) gap.rows += rows
    else gaps.set(key, { rows, after })
  }
  for (const { a, b, rows } of pairs) {
    const [rowA, rowB] = [Math.floor(a / lattice.columns), Math.floor(b / lattice.columns)]
    const [columnA, columnB] = [a % lattice.columns, b % lattice.columns]
    const [row, column] = [flip.row(rowB, columnB), flip.column(rowB, columnB)]
    // Where nothing wraps nothing is shifted.
    add(down, `${rowA - row}`, rows, (shift) => rowGap(lattice, rowA, (row + shift) % lattice.rows))
    add(across, `${rowA & 1} ${row & 1} ${columnA - column}`, rows, (shift) =>
      columnGap(lattice, rowA, columnA, row, (column + shift) % lattice.columns),
    )
  }
  return [[...down.values()], [...across.values()]]
}

/** The shift by which rows move least, and the sum of their squared distances then. */
async function least(
  shifts: readonly number[],
  gaps: readonly Gap[],
  breathe: () => Promise<void>,
): Promise<{ shift: number; moved: number }> {
  let best = { shift: 0, moved: Number.POSITIVE_INFINITY }
  for (const shift of shifts) {
    await breathe()
    let moved = 0
    for (const { rows, after } of gaps) {
      moved += rows * after(shift) ** 2
      if (moved >= best.moved) break
    }
    if (moved < best.moved) best = { shift, moved }
  }
  return best
}
