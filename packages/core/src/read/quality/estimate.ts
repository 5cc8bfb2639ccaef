import { random, sampleIndices } from '../../random.ts'

/** A figure; if it was estimated on a sample, with its 95 % interval. */
export interface Estimate {
  readonly value: number
  readonly interval: readonly [low: number, high: number] | null
}

/** How much to compute if everything would cost too much. */
export interface Effort {
  /** Objects per draw; if there are no more objects than this, all are used once. */
  readonly sample: number
  readonly seed: number
}

/** The number of draws if not all objects are used. */
const DRAWS = 10
/** Student's t for nine degrees of freedom, 97.5 %. */
const STUDENT = 2.262157

/**
 * The figures that `measure` gives for objects 0 … count - 1: for all of them, or the mean over ten seeded draws. One
 * step a draw.
 */
export function* estimating<Name extends string>(
  count: number,
  { sample, seed }: Effort,
  measure: (chosen: Uint32Array) => Readonly<Record<Name, number>>,
): Generator<void, Record<Name, Estimate>> {
  const found: Readonly<Record<Name, number>>[] = []
  for (let draw = 0; draw < drawsOf(count, sample); draw++) {
    found.push(measure(sampleIndices(random(seed, 'quality', draw), count, sample)))
    yield
  }
  // The names are those of the record that the caller's function returns.
  const names = Object.keys(found[0]) as Name[]
  const estimates = names.map((name) => [name, estimateOf(found.map((figures) => figures[name]))] as const)
  return Object.fromEntries(estimates) as Record<Name, Estimate>
}

/** How often objects are drawn. */
export const drawsOf = (count: number, sample: number): number => (count > sample ? DRAWS : 1)

function estimateOf(values: readonly number[]): Estimate {
  const value = values.reduce((sum, x) => sum + x, 0) / values.length
  if (values.length === 1) return { value, interval: null }
  const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / (values.length - 1)
  const half = STUDENT * Math.sqrt(variance / values.length)
  return { value, interval: [value - half, value + half] }
}

/**
 * The mean of `measure` over objects: all of them, or a seeded sample, with a confidence interval from its spread
 * (central limit theorem).
 */
export function estimatedMean(
  count: number,
  { sample, seed }: Effort,
  measure: (chosen: Uint32Array) => Float64Array,
): Estimate {
  const values = measure(sampleIndices(random(seed, 'quality'), count, sample))
  const value = values.reduce((sum, x) => sum + x, 0) / values.length
  if (count <= sample) return { value, interval: null }
  const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / (values.length - 1)
  const half = 1.959964 * Math.sqrt(variance / values.length)
  return { value, interval: [value - half, value + half] }
}
