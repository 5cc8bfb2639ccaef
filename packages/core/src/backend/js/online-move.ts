import { type Lattice, rowGap, rowScale, wrapsColumns } from '../../map/lattice.ts'
import { type Kernel, kernelForm } from '../../map/neighbourhood.ts'

const { fround } = Math

/** Moves the neighbourhood of `unit` towards a sample whose values at the features `present` are `x`. */
export type Move = (
  unit: number,
  x: Float32Array,
  present: Uint32Array,
  count: number,
  radius: number,
  rate: number,
) => void

/** Makes the move function for `data`, units × features. */
export function mover(lattice: Lattice, kernel: Kernel, features: number, data: Float32Array): Move {
  const { rows, columns } = lattice
  const form = kernelForm(kernel)
  const scale = rowScale(lattice)
  const wraps = wrapsColumns(lattice)
  // Influence along columns, in f64 if the kernel's other factor is still to be applied; one table per shift of -1/2, 0
  // and +1/2 column.
  const along = [-0.5, 0, 0.5].map((shift) => ({
    shift,
    single: new Float32Array(columns),
    double: new Float64Array(columns),
  }))
  const influence = new Float32Array(columns)

  return (unit, x, present, count, radius, rate) => {
    const reach2 = form.reach2(radius, 'online')
    const bmuRow = Math.floor(unit / columns)
    const bmuColumn = unit - bmuRow * columns
    const ready = [false, false, false]

    for (let row = 0; row < rows; row++) {
      const dr = rowGap(lattice, bmuRow, row)
      const t2 = dr * dr * scale
      if (t2 > reach2) continue
      const shift = lattice.cell === 'hexagonal' ? ((row & 1) - (bmuRow & 1)) / 2 : 0
      const half = halfWidth(t2, reach2, columns, shift)
      if (half < 0) continue
      // Columns j with |j + shift - bmuColumn| ≤ half.
      let from = bmuColumn - shift - half
      let to = bmuColumn - shift + half
      if (!wraps) {
        from = Math.max(0, from)
        to = Math.min(columns - 1, to)
      } else if (to - from + 1 >= columns) {
        from = 0
        to = columns - 1
      }
      const table = along[1 + 2 * shift]
      if (!ready[1 + 2 * shift]) {
        fillTable(table, bmuColumn, radius)
        ready[1 + 2 * shift] = true
      }
      const rowInfluence = form.axis(t2, radius)
      if (form.separable) scaleBy(influence, table.single, fround(rate * rowInfluence))
      else fillRow(table, bmuColumn, t2, radius, rate, rowInfluence)
      const start = row * columns
      if (from < 0) {
        moveRange(start, from + columns, columns - 1, x, present, count)
        from = 0
      }
      if (to >= columns) {
        moveRange(start, 0, to - columns, x, present, count)
        to = columns - 1
      }
      moveRange(start, from, to, x, present, count)
    }
  }

  function gapAt(column: number, shift: number, bmuColumn: number): number {
    const gap = Math.abs(column + shift - bmuColumn)
    return wraps ? Math.min(gap, columns - gap) : gap
  }

  function fillTable(table: (typeof along)[0], bmuColumn: number, radius: number): void {
    for (let column = 0; column < columns; column++) {
      const gap = gapAt(column, table.shift, bmuColumn)
      table.double[column] = form.axis(gap * gap, radius)
      table.single[column] = table.double[column]
    }
  }

  function fillRow(
    table: (typeof along)[0],
    bmuColumn: number,
    t2: number,
    radius: number,
    rate: number,
    rowInfluence: number,
  ): void {
    for (let column = 0; column < columns; column++) {
      const gap = gapAt(column, table.shift, bmuColumn)
      influence[column] = rate * (rowInfluence * table.double[column] * form.rest(t2 + gap * gap, radius))
    }
  }

  function moveRange(
    start: number,
    from: number,
    to: number,
    x: Float32Array,
    present: Uint32Array,
    count: number,
  ): void {
    if (count === features) {
      for (let column = from, at = (start + from) * features; column <= to; column++) {
        const g = influence[column]
        for (let f = 0; f < features; f++, at++) {
          const w = data[at]
          data[at] = w + fround(g * fround(x[f] - w))
        }
      }
      return
    }
    for (let column = from; column <= to; column++) {
      const g = influence[column]
      const at = (start + column) * features
      for (let f = 0; f < count; f++) {
        const w = data[at + present[f]]
        data[at + present[f]] = w + fround(g * fround(x[f] - w))
      }
    }
  }
}

function scaleBy(out: Float32Array, values: Float32Array, factor: number): void {
  for (let i = 0; i < out.length; i++) out[i] = factor * values[i]
}

/**
 * The largest column gap within reach at a row gap: a multiple of 1/2 with the parity of `shift`, or -1 if there is
 * none. Exact.
 */
function halfWidth(t2: number, reach2: number, columns: number, shift: number): number {
  const offset = shift === 0 ? 0 : 0.5
  if (reach2 === Number.POSITIVE_INFINITY) return columns + offset
  let half = Math.min(columns, Math.floor(Math.sqrt(reach2 - t2) - offset)) + offset
  while ((half + 1) * (half + 1) + t2 <= reach2 && half <= columns) half++
  while (half >= 0 && half * half + t2 > reach2) half--
  return half
}
