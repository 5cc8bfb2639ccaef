import type { Pacer } from '../backend/js/pacer.ts'
import type { RepulsionTable } from './embedding.ts'

/** The least distance between nodes, the most nodes along the longer side, and the margin. */
const [LEAST_CELL, MOST_NODES, MARGIN] = [0.25, 200, 3]

/** The table of repulsion by landmarks at `places` with masses. */
export async function repulsionTable(places: Float32Array, mass: Float64Array, pace: Pacer): Promise<RepulsionTable> {
  const [x, y] = [least(places, 0) - MARGIN, least(places, 1) - MARGIN]
  const [width, height] = [most(places, 0) + MARGIN - x, most(places, 1) + MARGIN - y]
  const cell = Math.max(LEAST_CELL, Math.max(width, height) / MOST_NODES)
  const [columns, rows] = [Math.ceil(width / cell) + 1, Math.ceil(height / cell) + 1]
  const values = new Float32Array(rows * columns * 3)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      writeNode(x + c * cell, y + r * cell, places, mass, values, (r * columns + c) * 3)
      if (pace.due(8 * mass.length)) await pace.pause(1)
    }
  }
  return { x, y, cell, rows, columns, values }
}

function writeNode(
  x: number,
  y: number,
  places: Float32Array,
  mass: Float64Array,
  into: Float32Array,
  at: number,
): void {
  let [z, fx, fy] = [0, 0, 0]
  for (let j = 0; j < mass.length; j++) {
    const dx = x - places[2 * j]
    const dy = y - places[2 * j + 1]
    const q = 1 / (1 + dx * dx + dy * dy)
    const w = mass[j] * q
    z += w
    fx += w * q * dx
    fy += w * q * dy
  }
  into[at] = z
  into[at + 1] = fx
  into[at + 2] = fy
}

function least(places: Float32Array, axis: 0 | 1): number {
  return places.reduce((found, value, at) => (at % 2 === axis ? Math.min(found, value) : found), Infinity)
}

function most(places: Float32Array, axis: 0 | 1): number {
  return places.reduce((found, value, at) => (at % 2 === axis ? Math.max(found, value) : found), -Infinity)
}
