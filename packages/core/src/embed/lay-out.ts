import type { Pacer } from '../backend/js/pacer.ts'
import type { Affinities } from './affinities.ts'
import { repel } from './repel.ts'

/** Steps that pull near landmarks together first, and steps after them. */
const [GATHERING, ARRANGING] = [100, 250]
/** How much stronger than t-SNE's the pull is in the first steps, and in those after them. */
const [GATHERING_PULL, PULL] = [12, 1.25]
const [GATHERING_MOMENTUM, MOMENTUM] = [0.5, 0.8]
/** The standard deviation of places at the start, and the longest step. */
const [START, LONGEST] = [1e-4, 5]

/**
 * Places of landmarks in the plane by t-SNE (L. van der Maaten, G. Hinton 2008) on all of them, with masses: landmark i
 * is repelled like the rows that it represents. It starts from the shape of `start` (landmarks × 2). Every sum is in
 * a fixed order, since a difference in the last bit would end in another picture.
 */
export async function layOut(near: Affinities, start: Float64Array, pace: Pacer): Promise<Float64Array> {
  const { offsets, values, mass } = near
  const count = mass.length
  const y = scaled(start, mass)
  const [pull, push] = [new Float64Array(2 * count), new Float64Array(2 * count)]
  const [velocity, gain] = [new Float64Array(2 * count), new Float64Array(2 * count).fill(1)]
  const inertia = mass.slice()
  for (let i = 0; i < count; i++) {
    let sum = 0
    for (let p = offsets[i]; p < offsets[i + 1]; p++) sum += values[p]
    inertia[i] = Math.max(inertia[i], sum, 1e-3 / count)
  }
  for (let step = 0; step < GATHERING + ARRANGING; step++) {
    const gathers = step < GATHERING
    const strength = gathers ? GATHERING_PULL : PULL
    const momentum = gathers ? GATHERING_MOMENTUM : MOMENTUM
    const z = await repel(y, mass, push, pace, step / (GATHERING + ARRANGING))
    attract(near, y, pull)
    for (let i = 0; i < count; i++) {
      for (let at = 2 * i; at < 2 * i + 2; at++) {
        const slope = (4 * (pull[at] - (z > 0 ? push[at] / z : 0) / strength)) / inertia[i]
        gain[at] = slope > 0 === velocity[at] > 0 ? Math.max(gain[at] * 0.8, 0.01) : gain[at] + 0.2
        velocity[at] = momentum * velocity[at] - gain[at] * slope
      }
      const length = Math.sqrt(velocity[2 * i] * velocity[2 * i] + velocity[2 * i + 1] * velocity[2 * i + 1])
      const share = length > LONGEST ? LONGEST / length : 1
      velocity[2 * i] *= share
      velocity[2 * i + 1] *= share
      y[2 * i] += velocity[2 * i]
      y[2 * i + 1] += velocity[2 * i + 1]
    }
    centre(y, mass)
  }
  return y
}

/** Σ_j p_ij q_ij (y_i − y_j). */
function attract({ offsets, indices, values, mass }: Affinities, y: Float64Array, into: Float64Array): void {
  for (let i = 0; i < mass.length; i++) {
    const [xi, yi] = [y[2 * i], y[2 * i + 1]]
    let [fx, fy] = [0, 0]
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const j = indices[p]
      const dx = xi - y[2 * j]
      const dy = yi - y[2 * j + 1]
      const w = values[p] / (1 + dx * dx + dy * dy)
      fx += w * dx
      fy += w * dy
    }
    into[2 * i] = fx
    into[2 * i + 1] = fy
  }
}

/** The same shape around 0 with the standard deviation of a start. */
function scaled(start: Float64Array, mass: Float64Array): Float64Array {
  const y = start.slice()
  centre(y, mass)
  let sum = 0
  for (const one of y) sum += one * one
  const deviation = Math.sqrt(sum / y.length)
  return deviation > 0 ? y.map((one) => (one / deviation) * START) : y
}

function centre(y: Float64Array, mass: Float64Array): void {
  let [mx, my] = [0, 0]
  for (let i = 0; i < mass.length; i++) {
    mx += mass[i] * y[2 * i]
    my += mass[i] * y[2 * i + 1]
  }
  for (let i = 0; i < mass.length; i++) {
    y[2 * i] -= mx
    y[2 * i + 1] -= my
  }
}
