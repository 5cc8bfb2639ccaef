import { type Lattice, unitCount } from './lattice.ts'
import { type Matrix, matrix, rowOf } from './matrix.ts'
import { principalComponents } from './pca.ts'
import { type RandomSource, random, randomBelow, sampleIndices, shuffled } from './random.ts'

export const INITIALS = ['linear', 'random', 'sampled', 'k-means++'] as const
export type InitialName = (typeof INITIALS)[number]

/** The codebook that training starts from, drawn by `seed` from preprocessed rows. */
export function initialise(name: InitialName, lattice: Lattice, rows: Matrix, seed: number): Matrix {
  return initials[name](lattice, rows, seed)
}

const initials: Record<InitialName, (lattice: Lattice, rows: Matrix, seed: number) => Matrix> = {
  linear,
  random: uniform,
  sampled,
  'k-means++': spreadOut,
}

/** On the plane of the two leading principal components, from -1 to 1 standard deviation along each, the wider one along the longer side. */
function linear(lattice: Lattice, rows: Matrix, seed: number): Matrix {
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
function uniform(lattice: Lattice, rows: Matrix, seed: number): Matrix {
  const { least, most } = ranges(rows)
  const source = random(seed, 'initial')
  const codebook = matrix(unitCount(lattice), rows.columns)
  for (let i = 0; i < codebook.data.length; i++) {
    const f = i % rows.columns
    codebook.data[i] = least[f] + source() * (most[f] - least[f])
  }
  return codebook
}

/** Rows drawn without replacement, or each as often as the others where there are more units than rows. */
function sampled(lattice: Lattice, rows: Matrix, seed: number): Matrix {
  const source = random(seed, 'initial')
  const codebook = matrix(unitCount(lattice), rows.columns)
  const means = featureMeans(rows)
  let order = shuffled(source, rows.rows)
  for (let unit = 0; unit < codebook.rows; unit++) {
    if (unit > 0 && unit % rows.rows === 0) order = shuffled(source, rows.rows)
    copyRow(rows, order[unit % rows.rows], rowOf(codebook, unit), means)
  }
  return codebook
}

/**
 * Rows drawn with a chance proportional to the squared distance from those drawn already. D. Arthur, S. Vassilvitskii, k-means++, SODA 2007.
 * Costs units² · features and more: looks at no more rows than 4 a unit.
 */
function spreadOut(lattice: Lattice, rows: Matrix, seed: number): Matrix {
  const source = random(seed, 'initial')
  const units = unitCount(lattice)
  const pool = sampleIndices(source, rows.rows, Math.max(1000, 4 * units))
  const means = featureMeans(rows)
  const candidates = matrix(pool.length, rows.columns)
  pool.forEach((i, at) => {
    copyRow(rows, i, rowOf(candidates, at), means)
  })
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

/** A row with its missing values filled by the features' means: a prototype has none. */
function copyRow(rows: Matrix, i: number, to: Float32Array, means: Float64Array): void {
  const row = rowOf(rows, i)
  for (let f = 0; f < row.length; f++) to[f] = Number.isNaN(row[f]) ? means[f] : row[f]
}

function featureMeans(rows: Matrix): Float64Array {
  const means = new Float64Array(rows.columns)
  const seen = new Float64Array(rows.columns)
  for (let i = 0; i < rows.data.length; i++) {
    const f = i % rows.columns
    if (!Number.isNaN(rows.data[i])) means[f] += (rows.data[i] - means[f]) / ++seen[f]
  }
  return means
}

function ranges(rows: Matrix): { least: Float64Array; most: Float64Array } {
  const least = new Float64Array(rows.columns).fill(Number.POSITIVE_INFINITY)
  const most = new Float64Array(rows.columns).fill(Number.NEGATIVE_INFINITY)
  for (let i = 0; i < rows.data.length; i++) {
    const f = i % rows.columns
    if (rows.data[i] < least[f]) least[f] = rows.data[i]
    if (rows.data[i] > most[f]) most[f] = rows.data[i]
  }
  return { least, most }
}
