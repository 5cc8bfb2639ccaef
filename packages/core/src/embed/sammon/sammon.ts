import { classicalScaling } from './classical-scaling.ts'

/** Positions in the plane whose distances approximate given ones. */
export interface Projection {
  readonly x: Float64Array
  readonly y: Float64Array
  /** Sammon's stress, 0 if all distances are preserved. */
  readonly stress: number
}

const ITERATIONS = 200
/** Sammon's "magic factor": the share of a Newton step that is taken. */
const STEP = 0.35
/** How often a step that increases the stress is halved before the search ends. */
const HALVINGS = 12
/** The relative improvement below which no movement is visible. */
const SETTLED = 1e-5

/**
 * Sammon's mapping of n points with `distances` (n × n, symmetric): minimises E = (1 / Σ d*) Σ (d* - d)² / d* over
 * pairs, from the places of classical scaling. Equal points count as a millionth of the greatest distance apart. J. W.
 * Sammon, A nonlinear mapping for data structure analysis, IEEE Transactions on Computers C-18, 1969.
 */
export function sammon(distances: Float64Array, n: number): Projection {
  const wanted = spaced(distances)
  let places = classicalScaling(wanted, n)
  let stress = stressOf(wanted, places, n)
  for (let t = 0; t < ITERATIONS; t++) {
    const move = newtonStep(wanted, places, n)
    let share = STEP
    let halvings = 0
    let next = moved(places, move, share)
    let reached = stressOf(wanted, next, n)
    while (!(reached < stress) && halvings++ < HALVINGS) {
      share /= 2
      next = moved(places, move, share)
      reached = stressOf(wanted, next, n)
    }
    if (!(reached < stress)) break
    const improvement = (stress - reached) / stress
    places = next
    stress = reached
    if (improvement < SETTLED) break
  }
  return { ...places, stress }
}

interface Places {
  readonly x: Float64Array
  readonly y: Float64Array
}

/** Distances with none so small that dividing by it would drown the rest; what is not finite counts as the greatest. */
function spaced(distances: Float64Array): Float64Array {
  const greatest = distances.reduce((most, d) => (Number.isFinite(d) ? Math.max(most, d) : most), 0)
  return distances.map((d) => (Number.isFinite(d) ? Math.max(d, greatest * 1e-6) : greatest))
}

function stressOf(wanted: Float64Array, { x, y }: Places, n: number): number {
  let sum = 0
  let total = 0
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const d = wanted[i * n + j]
      if (d === 0) continue
      const [dx, dy] = [x[i] - x[j], y[i] - y[j]]
      const gap = d - Math.sqrt(dx * dx + dy * dy)
      sum += (gap * gap) / d
      total += d
    }
  }
  return total > 0 ? sum / total : 0
}

/** For each place the gradient of the stress over the size of its second derivative, on each axis. */
function newtonStep(wanted: Float64Array, { x, y }: Places, n: number): Places {
  const step = { x: new Float64Array(n), y: new Float64Array(n) }
  for (let i = 0; i < n; i++) {
    let gx = 0
    let gy = 0
    let hx = 0
    let hy = 0
    for (let j = 0; j < n; j++) {
      const d = wanted[i * n + j]
      if (i === j || d === 0) continue
      const dx = x[i] - x[j]
      const dy = y[i] - y[j]
      const now = Math.max(Math.sqrt(dx * dx + dy * dy), d * 1e-9)
      const gap = d - now
      const scale = 1 / (d * now)
      gx += gap * scale * dx
      gy += gap * scale * dy
      hx += scale * (gap - ((dx * dx) / now) * (1 + gap / now))
      hy += scale * (gap - ((dy * dy) / now) * (1 + gap / now))
    }
    step.x[i] = hx === 0 ? 0 : gx / Math.abs(hx)
    step.y[i] = hy === 0 ? 0 : gy / Math.abs(hy)
  }
  return step
}

function moved(places: Places, step: Places, share: number): Places {
  return {
    x: places.x.map((x, i) => x + share * step.x[i]),
    y: places.y.map((y, i) => y + share * step.y[i]),
  }
}
