/** How a metric is summed over features from 0, from the difference of a sample and a prototype. */
export interface Form {
  /** WGSL: what a feature with difference `by` adds to the sum so far. */
  add(sum: string, by: string): string
  /** The most roundings that any term of the sum goes through, the definition's division by the features included. */
  roundings(features: number): number
}

export type FormName = 'euclidean' | 'manhattan' | 'chebyshev' | 'hamming'

/**
 * The metrics whose terms are all at least 0. Whatever the order of the sum, and whether products are fused into it,
 * its relative error is at most that of its roundings: see `docs/design/gpu.md`.
 */
export const FORMS: Record<FormName, Form> = {
  /** Σ(x - w)²: a difference counts twice in its square. */
  euclidean: { add: (sum, by) => `${sum} += ${by} * ${by};`, roundings: (features) => features + 2 },
  manhattan: { add: (sum, by) => `${sum} += abs(${by});`, roundings: (features) => features },
  chebyshev: { add: (sum, by) => `${sum} = max(${sum}, abs(${by}));`, roundings: () => 1 },
  /** Σ|x - w| / n: n is the same for all units of a complete sample. */
  hamming: { add: (sum, by) => `${sum} += abs(${by});`, roundings: (features) => features + 1 },
}
