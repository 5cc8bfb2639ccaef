import { type Lattice, unitCount } from '../map/lattice.ts'
import { type RandomSource, random, randomBelow, sampleIndices, shuffled } from '../random.ts'
import { type Matrix, matrix, rowOf } from '../rows/matrix.ts'
import { lookAt, type RowsLook } from '../rows/rows-look.ts'
import type { InitialName } from './initial-name.ts'
import { principalComponents } from './pca.ts'

/** The codebook that training starts from, drawn by `seed` from preprocessed rows. */
export function initialise(name: InitialName, lattice: Lattice, rows: Matrix | RowsLook, seed: number): Matrix {
  return initials[name](lattice, 'pick' in rows ? rows : lookAt(rows), seed)
}

const initials: Record<InitialName, (lattice: Lattice, rows: RowsLook, seed: number) => Matrix> = {
  linear,
  random: uniform,
  sampled,
  'k-means++': spreadOut,
}

/**
 * On the plane of the two leading principal components, from -1 to 1 standard deviation along each, the wider one along
 * the longer side.
 */
function linear(lattice: Lattice, rows: RowsLook, seed: number): Matrix {
  const { mean, components } = principalComponents(rows, seed)
  const [along, across] = lattice.columns >= lattice.rows ? components : [components[1], components[0]]
  const codebook = matrix(unitCount(lattice), rows.columns)
  for (let row = 0; row < lattice.rows; row++) {
    for (let column = 0; column < lattice.columns; column++) {
      const a = fromMinusOneToOne(column, lattice.columns) * along.deviation
      const b = fromMinusOneToOne(row, lattice.rows) * across.deviation
      const prototype = rowOf(codebook, row * lattice.columns + column)
      for (let f = 0; f < rows.columns; f++) prototype[f] = mean[f] + a * along.direction[f] + b * across.direction[f]
    }
  }
  return codebook
}

function fromMinusOneToOne(i: number, count: number): number {
  return count > 1 ? (2 * i) / (count - 1) - 1 : 0
}

/** Each number drawn uniformly between its feature's least and most. */
function uniform(lattice: Lattice, rows: RowsLook, seed: number): Matrix {
  const { least, most } = rows.ranges()
  const source = random(seed, 'initial')
  const codebook = matrix(unitCount(lattice), rows.columns)
  for (let i = 0; i < codebook.data.length; i++) {
    const f = i % rows.columns
    codebook.data[i] = least[f] + source() * (most[f] - least[f])
  }
  return codebook
}

/** Rows drawn without replacement, or each as often as the others where there are more units than rows. */
function sampled(lattice: Lattice, rows: RowsLook, seed: number): Matrix {
  const source = random(seed, 'initial')
  const units = unitCount(lattice)
  const chosen = new Uint32Array(units)
  let order = shuffled(source, rows.rows)
  for (let unit = 0; unit < units; unit++) {
    if (unit > 0 && unit % rows.rows === 0) order = shuffled(source, rows.rows)
    chosen[unit] = order[unit % rows.rows]
  }
  return filled(rows.pick(chosen), rows.means)
}

/**
 * Rows drawn with a chance proportional to the squared distance from those drawn already. D. Arthur, S. Vassilvitskii,
 * k-means++, SODA 2007. Costs units² · features and more: looks at no more rows than 4 a unit.
 */
function spreadOut(lattice: Lattice, rows: RowsLook, seed: number): Matrix {
  const source = random(seed, 'initial')
  const units = unitCount(lattice)
  const pool = sampleIndices(source, rows.rows, Math.max(1000, 4 * units))
  const candidates = filled(rows.pick(pool), rows.means)
  const codebook = matrix(units, rows.columns)
  const nearest = new Float64Array(pool.length).fill(Number.POSITIVE_INFINITY)
  let chosen = randomBelow(source, pool.length)
  for (let unit = 0; unit < units; unit++) {
    const prototype = rowOf(codebook, unit)
    prototype.set(rowOf(candidates, chosen))
    let total = 0
    for (let i = 0; i < pool.length; i++) {
      nearest[i] = Math.min(nearest[i], squaredDistance(rowOf(candidates, i), prototype))
      total += nearest[i]
    }
    chosen = total > 0 ? drawByWeight(source, nearest, total) : randomBelow(source, pool.length)
  }
  return codebook
}

function drawByWeight(source: RandomSource, weights: Float64Array, total: number): number {
  let left = source() * total
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i]
    if (left < 0) return i
  }
  return weights.length - 1
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let f = 0; f < a.length; f++) sum += (a[f] - b[f]) ** 2
  return sum
}

/** Rows with their missing values filled by the features' means, computed only if needed: a prototype has none. */
function filled(rows: Matrix, meansOf: RowsLook['means']): Matrix {
  if (!rows.data.some(Number.isNaN)) return rows
  const means = meansOf()
  rows.data.forEach((x, i) => {
    if (Number.isNaN(x)) rows.data[i] = means[i % rows.columns]
  })
  return rows
}
