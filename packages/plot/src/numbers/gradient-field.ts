import { distanceFunction, rowOf, type Som, unitCount } from '@som/core'
import { checkNumber } from '../check.ts'
import { displacement } from './displacement.ts'

/** One arrow per unit, to the right and down; 0 for units that were not requested. */
export interface GradientField {
  readonly x: Float64Array
  readonly y: Float64Array
}

/** Influence beyond this many radii is next to nothing: exp(-4.5). */
const REACH = 3

/**
 * Arrows that point to where the map is most similar to the unit. On each axis, units j on the positive and on the
 * negative side of unit i weigh w = h(d(i, j)) · |cos α| and tell c = w · ‖wᵢ - wⱼ‖, with h a gaussian of `radius` and
 * α the direction from i to j; summed on either side the arrow's part is (c₋ · w₊ - c₊ · w₋) / (c₊ + c₋): it points
 * away from the side that differs more, and w makes up for sides of different size at the border. G. Pölzlbauer, M.
 * Dittenbach, A. Rauber, Advanced visualization of self-organizing maps with vector fields, Neural Networks 19, 2006.
 */
export function gradientField(
  som: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  radius: number,
  asked?: Iterable<number>,
): GradientField {
  const { lattice, codebook } = som
  checkNumber('radius', radius, 0, false)
  const units = unitCount(lattice)
  const distance = distanceFunction(som.metric)
  const field = { x: new Float64Array(units), y: new Float64Array(units) }
  for (const unit of asked ?? Array(units).keys()) {
    const sums = { x: newSides(), y: newSides() }
    for (const other of unitsAround(som, unit, REACH * radius)) {
      const step = displacement(lattice, unit, other)
      const d2 = step.x * step.x + step.y * step.y
      const apart = distance(rowOf(codebook, unit), rowOf(codebook, other))
      if (!(d2 <= (REACH * radius) ** 2) || !Number.isFinite(apart)) continue
      const influence = Math.exp(-d2 / (2 * radius * radius)) / Math.sqrt(d2)
      add(sums.x, step.x * influence, apart)
      add(sums.y, step.y * influence, apart)
    }
    field.x[unit] = part(sums.x)
    field.y[unit] = part(sums.y)
  }
  return field
}

/** Weights and contributions on the positive and on the negative side of an axis. */
interface Sides {
  weightAfter: number
  weightBefore: number
  differenceAfter: number
  differenceBefore: number
}

function newSides(): Sides {
  return { weightAfter: 0, weightBefore: 0, differenceAfter: 0, differenceBefore: 0 }
}

function add(sides: Sides, weight: number, apart: number): void {
  if (weight > 0) {
    sides.weightAfter += weight
    sides.differenceAfter += weight * apart
  } else {
    sides.weightBefore -= weight
    sides.differenceBefore -= weight * apart
  }
}

function part(sides: Sides): number {
  const all = sides.differenceAfter + sides.differenceBefore
  if (!(all > 0)) return 0
  return (sides.differenceBefore * sides.weightAfter - sides.differenceAfter * sides.weightBefore) / all
}

/** The other units within so many rows and columns, each once, over the seams as well. */
function unitsAround({ lattice }: Pick<Som, 'lattice'>, unit: number, reach: number): number[] {
  const { rows, columns, shape } = lattice
  const row = Math.floor(unit / columns)
  const column = unit - row * columns
  const down = Math.ceil(reach * (lattice.cell === 'hexagonal' ? 2 / Math.sqrt(3) : 1))
  const chosenRows = span(row, down, rows, shape === 'toroid')
  const chosenColumns = span(column, Math.ceil(reach) + 1, columns, shape !== 'sheet')
  return chosenRows.flatMap((r) => chosenColumns.map((c) => r * columns + c)).filter((other) => other !== unit)
}

function span(at: number, reach: number, size: number, wraps: boolean): number[] {
  if (2 * reach + 1 >= size) return Array.from({ length: size }, (_, i) => i)
  const around = Array.from({ length: 2 * reach + 1 }, (_, i) => at - reach + i)
  return wraps ? around.map((i) => (i + size) % size) : around.filter((i) => i >= 0 && i < size)
}
