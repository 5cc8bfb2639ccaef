import { columnGap, type Lattice, rowGap, rowScale, wrapsColumns } from '../../map/lattice.ts'
import { type Kernel, type KernelForm, kernelForm } from '../../map/neighbourhood.ts'

/**
 * Spreads per-unit values over the lattice: out[u] = Σₖ h(u, k)·values[k], with `width` numbers per unit. Costs O(units
 * · (rows + columns) · width) if the kernel is separable, by one pass along columns and one along rows.
 */
export function smooth(
  lattice: Lattice,
  kernel: Kernel,
  radius: number,
  values: Float64Array,
  width: number,
): Float64Array {
  const form = kernelForm(kernel)
  const out = new Float64Array(values.length)
  const reach2 = form.reach2(radius, 'batch')
  const columnInfluence = axisTable(lattice, form, radius)
  const work = { lattice, form, radius, reach2, columnInfluence, values, width, out }
  const spread = form.separable ? (form.cut ? growingWindows : twoPasses) : directly
  for (let s = 0; s < lattice.rows; s++) {
    if (isEmptyRow(lattice, values, width, s)) continue
    spread(work, s)
  }
  return out
}

interface Smoothing {
  readonly lattice: Lattice
  readonly form: KernelForm
  readonly radius: number
  readonly reach2: number
  /** The kernel along columns at gap g/2: no exp() runs per unit. */
  readonly columnInfluence: Float64Array
  readonly values: Float64Array
  readonly width: number
  readonly out: Float64Array
}

/** Row `s` of the source is summed along columns once per parity of the destination row, then added to every row. */
function twoPasses(work: Smoothing, s: number): void {
  const { lattice, form, radius, reach2, columnInfluence, values, width, out } = work
  const { rows, columns } = lattice
  const along: (Float64Array | undefined)[] = []
  for (let row = 0; row < rows; row++) {
    const t2 = rowGap(lattice, s, row) ** 2 * rowScale(lattice)
    if (t2 > reach2) continue
    const parity = parityDifference(lattice, s, row)
    along[parity] ??= alongColumns(s, row)
    addScaled(out, row * columns * width, along[parity], form.axis(t2, radius))
  }

  function alongColumns(from: number, to: number): Float64Array {
    const sums = new Float64Array(columns * width)
    // The outer loop is over sources, so that an empty one is skipped once. Each sum still adds them in ascending
    // order.
    for (let j = 0; j < columns; j++) {
      const source = (from * columns + j) * width
      if (isEmptyUnit(values, source, width)) continue
      for (let u = 0; u < columns; u++) {
        const gap = columnGap(lattice, to, u, from, j)
        if (gap * gap > reach2) continue
        addUnit(sums, u * width, values, source, columnInfluence[2 * gap], width)
      }
    }
    return sums
  }
}

/**
 * Window sums around each column grow from gap to gap; each destination row uses them when they are as wide as its
 * reach.
 */
function growingWindows(work: Smoothing, s: number): void {
  const { lattice, form, radius, reach2, columnInfluence, values, width, out } = work
  const { rows, columns } = lattice
  const parities = lattice.cell === 'hexagonal' ? 2 : 1
  for (let parity = 0; parity < parities; parity++) {
    const takers = Array.from({ length: rows }, (_, row) => ({
      row,
      t2: rowGap(lattice, s, row) ** 2 * rowScale(lattice),
    }))
      .filter(({ row, t2 }) => t2 <= reach2 && parityDifference(lattice, s, row) === parity)
      .sort((a, b) => b.t2 - a.t2)
    if (takers.length === 0) continue
    const shift = parity === 0 ? 0 : (s & 1 ? 1 : -1) / 2
    const sums = new Float64Array(columns * width)
    const widest = wrapsColumns(lattice) ? columns / 2 : columns
    let next = 0
    for (let gap = parity / 2; next < takers.length; gap++) {
      while (next < takers.length && (gap > widest || takers[next].t2 + gap * gap > reach2)) {
        const { row, t2 } = takers[next++]
        addScaled(out, row * columns * width, sums, form.axis(t2, radius))
      }
      if (next === takers.length) break
      const influence = columnInfluence[2 * gap]
      for (let u = 0; u < columns; u++) {
        // Seen from the destination row, source column j is at j + shift.
        const left = placed(u - gap - shift)
        const right = placed(u + gap - shift)
        if (left >= 0) addUnit(sums, u * width, values, (s * columns + left) * width, influence, width)
        if (right >= 0 && right !== left)
          addUnit(sums, u * width, values, (s * columns + right) * width, influence, width)
      }
    }
  }

  function placed(column: number): number {
    if (column >= 0 && column < columns) return column
    return wrapsColumns(lattice) ? ((column % columns) + columns) % columns : -1
  }
}

/** Every pair of units in reach. */
function directly(work: Smoothing, s: number): void {
  const { lattice, form, radius, reach2, columnInfluence, values, width, out } = work
  const { rows, columns } = lattice
  for (let row = 0; row < rows; row++) {
    const t2 = rowGap(lattice, s, row) ** 2 * rowScale(lattice)
    if (t2 > reach2) continue
    for (let u = 0; u < columns; u++) {
      for (let j = 0; j < columns; j++) {
        const gap = columnGap(lattice, row, u, s, j)
        const gap2 = gap * gap
        if (t2 + gap2 > reach2 || isEmptyUnit(values, (s * columns + j) * width, width)) continue
        const influence = form.axis(t2, radius) * columnInfluence[2 * gap] * form.rest(t2 + gap2, radius)
        addUnit(out, (row * columns + u) * width, values, (s * columns + j) * width, influence, width)
      }
    }
  }
}

/** The kernel along columns at gap g/2, for every g a lattice has. */
export function axisTable(lattice: Lattice, form: KernelForm, radius: number): Float64Array {
  const table = new Float64Array(2 * lattice.columns + 2)
  for (let g = 0; g < table.length; g++) table[g] = form.axis((g * g) / 4, radius)
  return table
}

function parityDifference(lattice: Lattice, a: number, b: number): number {
  return lattice.cell === 'hexagonal' ? (a ^ b) & 1 : 0
}

function addUnit(
  out: Float64Array,
  at: number,
  values: Float64Array,
  from: number,
  factor: number,
  width: number,
): void {
  for (let f = 0; f < width; f++) out[at + f] += factor * values[from + f]
}

function addScaled(out: Float64Array, at: number, values: Float64Array, factor: number): void {
  for (let f = 0; f < values.length; f++) out[at + f] += factor * values[f]
}

function isEmptyUnit(values: Float64Array, at: number, width: number): boolean {
  for (let f = 0; f < width; f++) if (values[at + f] !== 0) return false
  return true
}

function isEmptyRow(lattice: Lattice, values: Float64Array, width: number, row: number): boolean {
  return isEmptyUnit(values, row * lattice.columns * width, lattice.columns * width)
}
