export const METRICS = [
  'euclidean',
  'manhattan',
  'chebyshev',
  'cosine',
  'correlation',
  'hamming',
  'jaccard',
  'tanimoto',
] as const
export type MetricName = (typeof METRICS)[number]

/**
 * The value by which a metric compares a sample with a prototype, in f64, over the given columns in their order: the
 * squared sum for euclidean, the distance for the others. Columns where either is NaN are skipped; NaN if none is left.
 * `at` is where the prototype begins in `w`.
 */
export type Measure = (x: Numbers, w: Numbers, at: number, columns: ArrayLike<number>) => number

type Numbers = Float32Array | Float64Array

/** The definitions of `docs/design/arithmetic.md`. Every faster way to compare gives the same bits. */
export const measures: Record<MetricName, Measure> = {
  /** Σ(x - w)² */
  euclidean: (x, w, at, columns) => summed(x, w, at, columns, (sum, difference) => sum + difference * difference),

  /** Σ|x - w| */
  manhattan: (x, w, at, columns) => summed(x, w, at, columns, (sum, difference) => sum + Math.abs(difference)),

  /** max|x - w| */
  chebyshev: (x, w, at, columns) =>
    summed(x, w, at, columns, (most, difference) => Math.max(most, Math.abs(difference))),

  /** 1 - x·w / (‖x‖ ‖w‖); 1 if either is the zero vector. */
  cosine: (x, w, at, columns) => cosine(x, w, at, columns, 0, 0),

  /** The cosine distance of both rows less their own means. */
  correlation(x, w, at, columns) {
    let [ofSample, ofPrototype, count] = [0, 0, 0]
    for (let i = 0; i < columns.length; i++) {
      const [a, b] = [x[columns[i]], w[at + columns[i]]]
      if (Number.isNaN(a) || Number.isNaN(b)) continue
      ofSample += a
      ofPrototype += b
      count++
    }
    return cosine(x, w, at, columns, ofSample / count, ofPrototype / count)
  },

  /** Σ|x - w| / n: of 0 and 1, the share that differs. */
  hamming(x, w, at, columns) {
    let [sum, count] = [0, 0]
    for (let i = 0; i < columns.length; i++) {
      const difference = Math.abs(x[columns[i]] - w[at + columns[i]])
      if (Number.isNaN(difference)) continue
      sum += difference
      count++
    }
    return sum / count
  },

  /** 1 - Σmin(x, w) / Σmax(x, w): of 0 and 1, the share of what is in either that is not in both. 0 if Σmax is 0. */
  jaccard(x, w, at, columns) {
    let [least, most, count] = [0, 0, 0]
    for (let i = 0; i < columns.length; i++) {
      const [a, b] = [x[columns[i]], w[at + columns[i]]]
      if (Number.isNaN(a) || Number.isNaN(b)) continue
      least += Math.min(a, b)
      most += Math.max(a, b)
      count++
    }
    if (count === 0) return Number.NaN
    return most > 0 ? 1 - least / most : 0
  },

  /** The share of features that are at least 0.5 in one of the two alone. */
  tanimoto(x, w, at, columns) {
    let [unlike, count] = [0, 0]
    for (let i = 0; i < columns.length; i++) {
      const [a, b] = [x[columns[i]], w[at + columns[i]]]
      if (Number.isNaN(a) || Number.isNaN(b)) continue
      if (a >= 0.5 !== b >= 0.5) unlike++
      count++
    }
    return unlike / count
  },
}

function summed(
  x: Numbers,
  w: Numbers,
  at: number,
  columns: ArrayLike<number>,
  add: (sum: number, difference: number) => number,
): number {
  let sum = 0
  let isFound = false
  for (let i = 0; i < columns.length; i++) {
    const difference = x[columns[i]] - w[at + columns[i]]
    if (Number.isNaN(difference)) continue
    sum = add(sum, difference)
    isFound = true
  }
  return isFound ? sum : Number.NaN
}

function cosine(
  x: Numbers,
  w: Numbers,
  at: number,
  columns: ArrayLike<number>,
  sampleCentre: number,
  prototypeCentre: number,
): number {
  let [dot, sampleSquares, prototypeSquares] = [0, 0, 0]
  let isFound = false
  for (let i = 0; i < columns.length; i++) {
    const [a, b] = [x[columns[i]] - sampleCentre, w[at + columns[i]] - prototypeCentre]
    if (Number.isNaN(a) || Number.isNaN(b)) continue
    dot += a * b
    sampleSquares += a * a
    prototypeSquares += b * b
    isFound = true
  }
  if (!isFound) return Number.NaN
  const norms = Math.sqrt(sampleSquares) * Math.sqrt(prototypeSquares)
  return norms > 0 ? Math.max(0, 1 - dot / norms) : 1
}
