import fc from 'fast-check'
import { expect, it } from 'vitest'
import { classicalScaling } from './classical-scaling.ts'
import { sammon } from './sammon.ts'

function distancesOf(points: readonly (readonly number[])[]): Float64Array {
  const n = points.length
  return Float64Array.from({ length: n * n }, (_, at) => {
    const a = points[Math.floor(at / n)]
    const b = points[at % n]
    return Math.hypot(...a.map((part, f) => part - b[f]))
  })
}

function stressOf(distances: Float64Array, x: Float64Array, y: Float64Array): number {
  const n = x.length
  let sum = 0
  let total = 0
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const wanted = distances[i * n + j]
      if (wanted === 0) continue
      sum += (wanted - Math.hypot(x[i] - x[j], y[i] - y[j])) ** 2 / wanted
      total += wanted
    }
  }
  return sum / total
}

/** Both methods stop when what they improve is small, not when it is nothing. */
const NEAR = 1e-6

it('points of a plane come back with their distances', () => {
  const points = [
    [0, 0],
    [4, 0],
    [4, 3],
    [0, 3],
    [1, 1],
  ]
  const distances = distancesOf(points)
  const { x, y, stress } = sammon(distances, 5)
  expect(stress).toBeLessThan(NEAR)
  const kept = distancesOf(points.map((_, i) => [x[i], y[i]]))
  kept.forEach((d, at) => {
    expect(Math.abs(d - distances[at])).toBeLessThan(0.01)
  })
})

it('the stress is that of Sammon’s formula, and no more than that of classical scaling', () => {
  const point = fc.tuple(
    fc.integer({ min: -9, max: 9 }),
    fc.integer({ min: -9, max: 9 }),
    fc.integer({ min: -9, max: 9 }),
  )
  fc.assert(
    fc.property(fc.uniqueArray(point, { minLength: 3, maxLength: 12, selector: String }), (points) => {
      const distances = distancesOf(points)
      const start = classicalScaling(distances, points.length)
      const { x, y, stress } = sammon(distances, points.length)
      expect(Math.abs(stress - stressOf(distances, x, y))).toBeLessThan(NEAR)
      expect(stress).toBeLessThanOrEqual(stressOf(distances, start.x, start.y) + NEAR)
    }),
    { numRuns: 50 },
  )
})

it('points that are all the same stay together', () => {
  const { x, y, stress } = sammon(new Float64Array(9), 3)
  expect([...x, ...y, stress]).toEqual([0, 0, 0, 0, 0, 0, 0])
})
