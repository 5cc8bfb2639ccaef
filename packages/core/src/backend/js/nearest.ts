import type { Metric } from '../../map/distance.ts'
import { isSparse, type Matrix, rowOf } from '../../rows/matrix.ts'
import type { NearestUnits, Rows, Watch } from '../backend.ts'
import { denseScorer, distanceOf, type Scorer } from './dense-search.ts'
import { pacer } from './pacer.ts'
import { sparseScorer } from './sparse-search.ts'

/** The `k` nearest units of samples, found by checking every unit. */
export async function nearestRows(
  metric: Metric,
  codebook: Matrix,
  samples: Rows,
  k: number,
  watch?: Watch,
): Promise<NearestUnits> {
  const { matrix } = samples
  const unit = new Int32Array(matrix.rows * k)
  const distance = new Float32Array(matrix.rows * k)
  const { take, score } = scorerOfRows(metric, codebook, matrix)
  const ranked = new Ranked(k)
  const pace = pacer(watch)

  for (let i = 0; i < matrix.rows; i++) {
    ranked.clear()
    if (take(i)) for (let u = 0; u < codebook.rows; u++) ranked.take(u, score(u, ranked.limit))
    for (let j = 0; j < k; j++) {
      unit[i * k + j] = ranked.units[j]
      distance[i * k + j] = ranked.units[j] < 0 ? Number.NaN : distanceOf(metric, ranked.scores[j])
    }
    if (pace.due(codebook.data.length)) await pace.pause((i + 1) / matrix.rows)
  }
  return { k, unit, distance }
}

function scorerOfRows(metric: Metric, codebook: Matrix, samples: Rows['matrix']): Scorer<number> {
  if (isSparse(samples)) return sparseScorer(metric, codebook, samples)
  const { take, score } = denseScorer(metric, codebook)
  return { take: (i) => take(rowOf(samples, i)), score }
}

/** The nearest of the units taken so far, nearest first. Units come in ascending order, so an equal one goes behind. */
class Ranked {
  readonly units: Int32Array
  readonly scores: Float64Array

  constructor(k: number) {
    this.units = new Int32Array(k)
    this.scores = new Float64Array(k)
  }

  clear(): void {
    this.units.fill(-1)
    this.scores.fill(Number.POSITIVE_INFINITY)
  }

  /** A unit with a greater score is not among the nearest. */
  get limit(): number {
    return this.scores[this.scores.length - 1]
  }

  take(unit: number, score: number): void {
    const { units, scores } = this
    let place = scores.length
    while (place > 0 && (score < scores[place - 1] || (units[place - 1] < 0 && !Number.isNaN(score)))) place--
    if (place === scores.length) return
    units.copyWithin(place + 1, place, -1)
    scores.copyWithin(place + 1, place, -1)
    units[place] = unit
    scores[place] = score
  }
}
