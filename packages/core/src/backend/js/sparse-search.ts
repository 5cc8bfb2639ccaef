import type { Metric } from '../../map/distance.ts'
import type { Matrix, SparseMatrix } from '../../rows/matrix.ts'
import { denseScorer, denseSearch, type Nearest, type Scorer } from './dense-search.ts'

/** Finds the units nearest to row `i` of sparse samples. Euclidean and cosine only visit its stored values. */
export type SparseSearch = (i: number, hint: number, wantSecond: boolean, found: Nearest) => void

export function sparseSearch(metric: Metric, codebook: Matrix, samples: SparseMatrix): SparseSearch {
  return metric === 'euclidean' || metric === 'cosine'
    ? storedValuesSearch(metric, codebook, samples)
    : scatteredSearch(metric, codebook, samples)
}

/** Scores of the rows of sparse samples, given by their indices. */
export function sparseScorer(metric: Metric, codebook: Matrix, samples: SparseMatrix): Scorer<number> {
  if (metric === 'euclidean' || metric === 'cosine') return storedValuesScorer(metric, codebook, samples)
  const { take, score } = denseScorer(metric, codebook)
  const rowAt = scattered(samples)
  return { take: (i) => take(rowAt(i)), score }
}

/** ‖x - w‖² = ‖w‖² + Σ x(x - 2w) over the stored values, and likewise for cosine. */
function storedValuesScorer(metric: 'euclidean' | 'cosine', codebook: Matrix, samples: SparseMatrix): Scorer<number> {
  const { columns, data } = codebook
  const { offsets, indices, values } = samples
  const squares = squaredNorms(codebook)

  const euclidean = (from: number, to: number, k: number): number => {
    let sum = squares[k]
    for (let p = from; p < to; p++) {
      const w = data[k * columns + indices[p]]
      const x = values[p]
      sum += Number.isNaN(x) ? -(w * w) : x * (x - 2 * w)
    }
    return Math.max(0, sum)
  }
  const cosine = (from: number, to: number, k: number): number => {
    let dot = 0
    let sampleSquares = 0
    let prototypeSquares = squares[k]
    for (let p = from; p < to; p++) {
      const w = data[k * columns + indices[p]]
      const x = values[p]
      if (Number.isNaN(x)) {
        prototypeSquares -= w * w
        continue
      }
      dot += x * w
      sampleSquares += x * x
    }
    const norms = Math.sqrt(sampleSquares) * Math.sqrt(Math.max(0, prototypeSquares))
    return norms > 0 ? Math.max(0, 1 - dot / norms) : 1
  }
  const scoreOf = metric === 'euclidean' ? euclidean : cosine
  let from = 0
  let to = 0
  return {
    take(i) {
      from = offsets[i]
      to = offsets[i + 1]
      return !everyFeatureMissing(values, from, to, columns)
    },
    score: (unit) => scoreOf(from, to, unit),
  }
}

function storedValuesSearch(metric: 'euclidean' | 'cosine', codebook: Matrix, samples: SparseMatrix): SparseSearch {
  const { take, score } = storedValuesScorer(metric, codebook, samples)
  return (i, _hint, _wantSecond, found) => {
    found.unit = found.secondUnit = -1
    found.score = found.secondScore = Number.NaN
    if (!take(i)) return
    for (let k = 0; k < codebook.rows; k++) {
      const value = score(k, Number.POSITIVE_INFINITY)
      if (found.unit < 0 || value < found.score) {
        found.secondUnit = found.unit
        found.secondScore = found.score
        found.unit = k
        found.score = value
      } else if (found.secondUnit < 0 || value < found.secondScore) {
        found.secondUnit = k
        found.secondScore = value
      }
    }
  }
}

/** Expands one row at a time: the other metrics visit every feature anyway. */
function scatteredSearch(metric: Metric, codebook: Matrix, samples: SparseMatrix): SparseSearch {
  const search = denseSearch(metric, codebook)
  const rowAt = scattered(samples)
  return (i, hint, wantSecond, found) => search(rowAt(i), hint, wantSecond, found)
}

/** One row at a time with its zeros, in an array that the next row overwrites. */
function scattered(samples: SparseMatrix): (i: number) => Float32Array {
  const row = new Float32Array(samples.columns)
  return (i) => {
    scatterRow(samples, i, row)
    return row
  }
}

/** Writes row `i` into `row`, including its zeros. */
export function scatterRow(samples: SparseMatrix, i: number, row: Float32Array): void {
  row.fill(0)
  for (let p = samples.offsets[i]; p < samples.offsets[i + 1]; p++) row[samples.indices[p]] = samples.values[p]
}

function squaredNorms(codebook: Matrix): Float64Array {
  const squares = new Float64Array(codebook.rows)
  for (let k = 0; k < codebook.rows; k++) {
    let sum = 0
    for (let f = 0; f < codebook.columns; f++) {
      const w = codebook.data[k * codebook.columns + f]
      sum += w * w
    }
    squares[k] = sum
  }
  return squares
}

function everyFeatureMissing(values: Float32Array, from: number, to: number, columns: number): boolean {
  if (to - from < columns) return false
  for (let p = from; p < to; p++) if (!Number.isNaN(values[p])) return false
  return true
}
