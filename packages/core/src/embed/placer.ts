import { squaredDistances } from './affinities.ts'
import type { Embedding } from './embedding.ts'
import { PERPLEXITY, rowWeights } from './row-weights.ts'

/** Landmarks that a row may start from, steps that it then takes, and the longest of them. */
const [STARTS, STEPS, LONGEST] = [8, 5, 2]

/** Writes the place of row `i` into `into`; NaN where it has no landmark. */
export type Placer = (near: Near, i: number, into: Float32Array, at: number) => void

interface Near {
  readonly k: number
  readonly unit: Int32Array
  readonly distance: Float32Array
}

/**
 * Places rows, each independently: it starts at the one of its nearest landmarks that is nearest to the others, and
 * takes a few steps down its own loss of t-SNE, pulled by its nearest landmarks and repelled by all.
 */
export function placer({ places, repulsion }: Pick<Embedding, 'places' | 'repulsion'>): Placer {
  const weigh = rowWeights(PERPLEXITY)
  const [squared, weight] = [new Float64Array(64), new Float64Array(64)]
  const [px, py] = [new Float64Array(64), new Float64Array(64)]
  const pushed = new Float64Array(3)
  return (near, i, into, at) => {
    const count = squaredDistances(near, i, squared)
    if (count === 0) {
      into[at] = Number.NaN
      into[at + 1] = Number.NaN
      return
    }
    weigh(squared, count, weight)
    for (let j = 0; j < count; j++) {
      const unit = near.unit[i * near.k + j]
      px[j] = places[2 * unit]
      py[j] = places[2 * unit + 1]
    }
    const from = startOf(count, weight, px, py)
    let [x, y] = [px[from], py[from]]
    for (let step = 0; step < STEPS; step++) {
      let [pull, fx, fy] = [0, 0, 0]
      for (let j = 0; j < count; j++) {
        const dx = x - px[j]
        const dy = y - py[j]
        const w = weight[j] / (1 + dx * dx + dy * dy)
        pull += w
        fx += w * dx
        fy += w * dy
      }
      lookUp(repulsion, x, y, pushed)
      let dx = (pushed[1] / pushed[0] - fx) / pull
      let dy = (pushed[2] / pushed[0] - fy) / pull
      const length = Math.sqrt(dx * dx + dy * dy)
      if (length > LONGEST) {
        dx *= LONGEST / length
        dy *= LONGEST / length
      }
      x += dx
      y += dy
    }
    into[at] = x
    into[at + 1] = y
  }
}

/** The landmark with the largest Σ p q to all: near to those that count most, wherever the others are. */
function startOf(count: number, weight: Float64Array, px: Float64Array, py: Float64Array): number {
  let [best, found] = [-1, 0]
  for (let c = 0; c < count && c < STARTS; c++) {
    let sum = 0
    for (let j = 0; j < count; j++) {
      const dx = px[c] - px[j]
      const dy = py[c] - py[j]
      sum += weight[j] / (1 + dx * dx + dy * dy)
    }
    if (sum > best) {
      best = sum
      found = c
    }
  }
  return found
}

/** The repulsion at a place, interpolated between the four nodes around it; outside, that of the nearest edge. */
function lookUp(
  { x, y, cell, rows, columns, values }: Embedding['repulsion'],
  px: number,
  py: number,
  into: Float64Array,
): void {
  const [gx, gy] = [(px - x) / cell, (py - y) / cell]
  const c = Math.min(Math.max(Math.floor(gx), 0), columns - 2)
  const r = Math.min(Math.max(Math.floor(gy), 0), rows - 2)
  const [tx, ty] = [Math.min(Math.max(gx - c, 0), 1), Math.min(Math.max(gy - r, 0), 1)]
  const above = (r * columns + c) * 3
  const below = above + columns * 3
  for (let part = 0; part < 3; part++) {
    const top = values[above + part] + tx * (values[above + 3 + part] - values[above + part])
    const bottom = values[below + part] + tx * (values[below + 3 + part] - values[below + part])
    into[part] = top + ty * (bottom - top)
  }
}
