import type { Pacer } from '../backend/js/pacer.ts'

/**
 * Writes m_i Σ_j m_j q_ij² (y_i − y_j) into `into`, q_ij = 1 / (1 + |y_i − y_j|²), over all pairs, and gives Σ m_i m_j
 * q_ij over those of two landmarks.
 */
export async function repel(
  y: Float64Array,
  mass: Float64Array,
  into: Float64Array,
  pace: Pacer,
  share: number,
): Promise<number> {
  into.fill(0)
  let z = 0
  for (let i = 0; i < mass.length; i++) {
    z += repelOne(i, y, mass, into)
    if (pace.due(PAIR_WORK * i)) await pace.pause(share)
  }
  return 2 * z
}

const PAIR_WORK = 8

function repelOne(i: number, y: Float64Array, mass: Float64Array, into: Float64Array): number {
  const [xi, yi, mi] = [y[2 * i], y[2 * i + 1], mass[i]]
  let [fx, fy, z] = [0, 0, 0]
  for (let j = 0; j < i; j++) {
    const dx = xi - y[2 * j]
    const dy = yi - y[2 * j + 1]
    const q = 1 / (1 + dx * dx + dy * dy)
    const w = mi * mass[j] * q
    z += w
    const wx = w * q * dx
    const wy = w * q * dy
    fx += wx
    fy += wy
    into[2 * j] -= wx
    into[2 * j + 1] -= wy
  }
  into[2 * i] += fx
  into[2 * i + 1] += fy
  return z
}
