import { MOST_NEAREST } from '../backend/backend.ts'
import { expNegative, logarithm } from '../map/exponential.ts'

/** As many near landmarks take part in a row's place. */
export const NEAREST = 15
/** As many of them count, in the sense of the entropy of their weights. */
export const PERPLEXITY = 5
/** The same of units that are laid out without rows: all that a backend finds, of which a third counts. */
export const UNIT_NEAREST: number = MOST_NEAREST
export const UNIT_PERPLEXITY = 10

/** Writes the weights of the `count` landmarks at ascending squared distances, which add up to 1. */
export type RowWeights = (squared: Float64Array, count: number, into: Float64Array) => void

/**
 * Weights exp(−β (d² − d²₁)) whose entropy is that of `perplexity` equal ones, as in t-SNE (L. van der Maaten,
 * G. Hinton 2008); of 1 + (n − 1) / 3 where there are too few, n, for that. β is found by Newton's steps, or by halving
 * where those leave the bounds known so far. Weights are equal where all are as near.
 */
export function rowWeights(perplexity: number): RowWeights {
  const entropies: number[] = []
  return (squared, count, into) => {
    entropies[count] ??= logarithm(Math.min(perplexity, 1 + (count - 1) / 3))
    const wanted = entropies[count]
    const least = squared[0]
    let mean = 0
    for (let j = 0; j < count; j++) mean += squared[j] - least
    mean /= count
    // Where more are at the least distance than are to count, no β will do, and the largest keeps those alone.
    let beta = mean > 0 ? 1 / mean : 0
    let [low, high] = [0, Infinity]
    for (let step = 0; ; step++) {
      let [sum, first, second] = [0, 0, 0]
      for (let j = 0; j < count; j++) {
        const beyond = squared[j] - least
        const weight = expNegative(-beta * beyond)
        into[j] = weight
        sum += weight
        first += weight * beyond
        second += weight * beyond * beyond
      }
      first /= sum
      const over = logarithm(sum) + beta * first - wanted
      if (step === MOST_STEPS || mean === 0 || Math.abs(over) < CLOSE) {
        for (let j = 0; j < count; j++) into[j] /= sum
        return
      }
      if (over > 0) low = beta
      else high = beta
      const slope = beta * (second / sum - first * first)
      const next = slope > 0 ? beta + over / slope : 0
      beta = next > low && next < high && next < 4 * beta ? next : high === Infinity ? beta * 2 : (low + high) / 2
    }
  }
}

const MOST_STEPS = 40
/** The entropy may differ by this much. */
const CLOSE = 1e-3
