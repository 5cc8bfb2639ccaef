import { random, sampleIndices } from '../../random.ts'

/** A figure; where it was found on a sample, with the interval that holds it 19 times in 20. */
export interface Estimate {
  readonly value: number
  readonly interval: readonly [low: number, high: number] | null
}

/** How much is worked out where all of it would cost too much. */
export interface Effort {
  /** Objects of a draw; where there are no more of them all are taken, once. */
  readonly sample: number
  readonly seed: number
}

/** Draws where not all objects are taken. */
const DRAWS = 10
/** Student's t for nine degrees of freedom, 97.5 %. */
const STUDENT = 2.262157

/** The figures that `measure` gives of objects 0 … count - 1: of all of them, or the mean over ten seeded draws. */
export function estimated<Name extends string>(
  count: number,
  { sample, seed }: Effort,
  measure: (chosen: Uint32Array) => Readonly<Record<Name, number>>,
): Record<Name, Estimate> {
  const draws = count > sample ? DRAWS : 1
  const found = Array.from({ length: draws }, (_, draw) =>
    measure(sampleIndices(random(seed, 'quality', draw), count, sample)),
  )
  // The names are those of the record that the caller's own function gives.
  const names = Object.keys(found[0]) as Name[]
  const estimates = names.map((name) => [name, estimateOf(found.map((figures) => figures[name]))] as const)
  return Object.fromEntries(estimates) as Record<Name, Estimate>
}

function estimateOf(values: readonly number[]): Estimate {
  const value = values.reduce((sum, x) => sum + x, 0) / values.length
  if (values.length === 1) return { value, interval: null }
  const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / (values.length - 1)
  const half = STUDENT * Math.sqrt(variance / values.length)
  return { value, interval: [value - half, value + half] }
}

/** The mean of what `measure` gives of each object: of all of them, or of a seeded sample, with the interval that its spread leaves (C.L.T.). */
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
