import fc from 'fast-check'
import { expect, it } from 'vitest'
import { random } from '../random.ts'
import { products } from './products.ts'

it('sums of products in tiles have the bits of sums one after another', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 11 }), fc.boolean())
  fc.assert(
    fc.property(sizes, ([rows, columns, isWeighted]) => {
      const source = random(rows, 'rows')
      const data = Float32Array.from({ length: rows * columns }, () => source() - 0.5)
      const weights = isWeighted ? Float32Array.from({ length: rows }, () => 3 * source()) : undefined
      const found = products({ rows, columns, data }, weights)
      for (let a = 0; a < columns; a++) {
        for (let b = 0; b <= a; b++) {
          let sum = 0
          for (let i = 0; i < rows; i++) sum += data[i * columns + a] * (weights?.[i] ?? 1) * data[i * columns + b]
          if (found[a * columns + b] !== sum) throw new Error(`${a}, ${b}: ${found[a * columns + b]}, not ${sum}`)
        }
      }
      expect(found.length).toBe(columns * columns)
    }),
    { numRuns: 30, seed: 1 },
  )
})
