import fc from 'fast-check'
import { expect, it } from 'vitest'
import { distanceFunction } from '../map/distance.ts'
import { CELLS, SHAPES, unitCount } from '../map/lattice.ts'
import { defaultNeighbours, neighboursOf } from '../map/neighbours.ts'
import { random } from '../random.ts'
import { matrix, rowOf } from '../rows/matrix.ts'
import { uMatrix } from './u-matrix.ts'

const size = fc.integer({ min: 1, max: 7 })

it('a height is the mean distance to all neighbours, to the bit, at every edge and seam', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CELLS), fc.constantFrom(...SHAPES), size, size, (cell, shape, rows, columns) => {
      const lattice = { cell, shape, rows, columns }
      const next = random(7, 'u-matrix')
      const units = unitCount(lattice)
      const codebook = matrix(units, 3, Float32Array.from({ length: 3 * units }, next))
      const distance = distanceFunction('euclidean')
      const plain = Float64Array.from({ length: units }, (_, unit) => {
        const around = neighboursOf(lattice, unit, defaultNeighbours(lattice))
        const sum = around.reduce((sum, other) => sum + distance(rowOf(codebook, unit), rowOf(codebook, other)), 0)
        return around.length > 0 ? sum / around.length : 0
      })
      expect(uMatrix({ lattice, metric: 'euclidean', codebook })).toEqual(plain)
    }),
  )
})
