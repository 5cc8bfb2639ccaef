/** How a metric is summed over features from 0, from the difference of a sample and a prototype. */
export interface Form {
  /** WGSL: what a feature with difference `by` adds to the sum so far, in f32. */
  add(sum: string, by: string): string
  /** The same in f64: see `wgsl/double.ts`. */
  addDouble(sum: string, by: string): string
  /** The most roundings that any term of the sum goes through, the definition's division by the features included. */
  roundings(features: number): number
  /** The distance of a row with so many values. */
  distance(sum: number, values: () => number): number
}

export type FormName = 'euclidean' | 'manhattan' | 'chebyshev' | 'hamming'

const addSize: Pick<Form, 'add' | 'addDouble'> = {
  add: (sum, by) => `${sum} += abs(${by});`,
  addDouble: (sum, by) => `${sum} = added(${sum}, absolute(${by}));`,
}

/**
 * The metrics whose terms are all at least 0. Whatever the order of the sum, and whether products are fused into it,
 * its relative error is at most that of its roundings: see `docs/design/gpu.md`.
 */
export const FORMS: Record<FormName, Form> = {
  /** Σ(x - w)²: a difference counts twice in its square. */
  euclidean: {
    add: (sum, by) => `${sum} += ${by} * ${by};`,
    addDouble: (sum, by) => `${sum} = added(${sum}, multiplied(${by}, ${by}));`,
    roundings: (features) => features + 2,
    distance: Math.sqrt,
  },
  manhattan: { ...addSize, roundings: (features) => features, distance: (sum) => sum },
  chebyshev: {
    add: (sum, by) => `${sum} = max(${sum}, abs(${by}));`,
    addDouble: (sum, by) => `if (isBelow(${sum}, absolute(${by}))) { ${sum} = absolute(${by}); }`,
    roundings: () => 1,
    distance: (sum) => sum,
  },
  /** Σ|x - w| / n: n is the same for all units of a sample. */
  hamming: { ...addSize, roundings: (features) => features + 1, distance: (sum, values) => sum / values() },
}
