import fc from 'fast-check'
import { expect, it } from 'vitest'
import { latticeArbitrary } from '../testing/arbitraries.ts'
import { CELLS, quartersFrom, SHAPES, squaredLatticeDistance, unitCount, unitPosition } from './lattice.ts'
import { areNeighbours, defaultNeighbours, neighboursOf } from './neighbours.ts'

it('every inner cell of a hexagonal lattice has six neighbours at distance 1', () => {
  const lattice = { cell: 'hexagonal', shape: 'sheet', rows: 5, columns: 5 } as const
  for (const unit of [6, 7, 8, 11, 12, 13]) {
    const near = Array.from({ length: 25 }, (_, other) => other).filter(
      (other) => other !== unit && squaredLatticeDistance(lattice, unit, other) <= 1.5,
    )
    expect(near).toHaveLength(6)
    expect(near.map((other) => squaredLatticeDistance(lattice, unit, other))).toEqual(new Array(6).fill(1))
  }
})

it('odd rows of a hexagonal lattice are drawn half a column to the right', () => {
  const lattice = { cell: 'hexagonal', shape: 'sheet', rows: 2, columns: 3 } as const
  expect(unitPosition(lattice, 4)).toEqual({ x: 1.5, y: Math.sqrt(0.75) })
})

it('a cylinder joins its last column to the first, a toroid its last row as well', () => {
  const sheet = { cell: 'rectangular', shape: 'sheet', rows: 6, columns: 7 } as const
  expect(squaredLatticeDistance(sheet, 0, 6)).toBe(36)
  expect(squaredLatticeDistance({ ...sheet, shape: 'cylinder' }, 0, 6)).toBe(1)
  expect(squaredLatticeDistance({ ...sheet, shape: 'cylinder' }, 0, 35)).toBe(25)
  expect(squaredLatticeDistance({ ...sheet, shape: 'toroid' }, 0, 35)).toBe(1)
})

it('every unit of a toroid has the same distances to the others', () => {
  for (const cell of ['rectangular', 'hexagonal'] as const) {
    const lattice = { cell, shape: 'toroid', rows: 6, columns: 5 } as const
    const profile = (unit: number): string =>
      Array.from({ length: 30 }, (_, other) => squaredLatticeDistance(lattice, unit, other))
        .sort((a, b) => a - b)
        .join()
    expect(new Set(Array.from({ length: 30 }, (_, unit) => profile(unit))).size).toBe(1)
  }
})

it('distance is symmetric, 0 only to itself, and obeys the triangle inequality', () => {
  fc.assert(
    fc.property(latticeArbitrary(8), fc.nat(), fc.nat(), fc.nat(), (lattice, a, b, c) => {
      const [i, j, k] = [a, b, c].map((n) => n % unitCount(lattice))
      const distance = (x: number, y: number): number => Math.sqrt(squaredLatticeDistance(lattice, x, y))
      expect(distance(i, j)).toBe(distance(j, i))
      expect(distance(i, j) === 0).toBe(i === j)
      expect(distance(i, k)).toBeLessThanOrEqual(distance(i, j) + distance(j, k) + 1e-12)
    }),
  )
})

it('the neighbours of a unit are those that are near it, ascending, each once', () => {
  fc.assert(
    fc.property(latticeArbitrary(6), fc.nat(), fc.constantFrom(4, 8), (lattice, n, four) => {
      const unit = n % unitCount(lattice)
      const neighbours = lattice.cell === 'hexagonal' ? 6 : (four as 4 | 8) // constantFrom widens to number
      const expected = Array.from({ length: unitCount(lattice) }, (_, other) => other).filter((other) =>
        areNeighbours(lattice, unit, other, neighbours),
      )
      expect(neighboursOf(lattice, unit, neighbours)).toEqual(expected)
    }),
  )
})

it('a corner of a sheet has 2 of 4 and 3 of 8 neighbours, of a toroid all of them', () => {
  const sheet = { cell: 'rectangular', shape: 'sheet', rows: 4, columns: 4 } as const
  expect(neighboursOf(sheet, 0, 4)).toEqual([1, 4])
  expect(neighboursOf(sheet, 0, 8)).toEqual([1, 4, 5])
  expect(neighboursOf({ ...sheet, shape: 'toroid' }, 0, 8)).toHaveLength(8)
})

it('a rectangular lattice has no six neighbours, a hexagonal one no eight', () => {
  const sheet = { cell: 'rectangular', shape: 'sheet', rows: 4, columns: 4 } as const
  expect(() => areNeighbours(sheet, 0, 1, 6)).toThrow('expected 4 or 8 on a rectangular lattice, found 6')
  expect(() => areNeighbours({ ...sheet, cell: 'hexagonal' }, 0, 1, 8)).toThrow('expected 6')
})

it('on a sheet the distance of two units is that of the places where they are drawn', () => {
  for (const cell of CELLS) {
    const lattice = { cell, shape: 'sheet', rows: 4, columns: 5 } as const
    const places = Array.from({ length: 20 }, (_, unit) => unitPosition(lattice, unit))
    places.forEach((a, i) => {
      places.forEach((b, j) => {
        expect(squaredLatticeDistance(lattice, i, j)).toBeCloseTo((a.x - b.x) ** 2 + (a.y - b.y) ** 2, 12)
      })
    })
  }
  expect(unitPosition({ cell: 'rectangular', shape: 'sheet', rows: 2, columns: 3 }, 4)).toEqual({ x: 1, y: 1 })
})

it('the 8 neighbours of a unit are those in the next rows and columns, over a seam as well', () => {
  for (const shape of SHAPES) {
    const lattice = { cell: 'rectangular', shape, rows: 4, columns: 5 } as const
    const gap = (a: number, b: number, count: number, wraps: boolean): number =>
      wraps ? Math.min(Math.abs(a - b), count - Math.abs(a - b)) : Math.abs(a - b)
    for (let a = 0; a < 20; a++) {
      for (let b = 0; b < 20; b++) {
        const down = gap(Math.floor(a / 5), Math.floor(b / 5), 4, shape === 'toroid')
        const across = gap(a % 5, b % 5, 5, shape !== 'sheet')
        expect(areNeighbours(lattice, a, b, 8)).toBe(a !== b && Math.max(down, across) === 1)
      }
    }
  }
})

it('8 neighbours count where the cell is rectangular and 6 where it is hexagonal', () => {
  const sheet = { shape: 'sheet', rows: 4, columns: 4 } as const
  expect(CELLS.map((cell) => defaultNeighbours({ cell, ...sheet }))).toEqual([8, 6])
})

it('quarters of squared distances to all units are those of each', () => {
  fc.assert(
    fc.property(latticeArbitrary(9), fc.nat(), (lattice, n) => {
      const unit = n % unitCount(lattice)
      const quarters = new Int32Array(unitCount(lattice))
      quartersFrom(lattice, unit, quarters)
      expect([...quarters]).toEqual(
        [...quarters.keys()].map((other) => 4 * squaredLatticeDistance(lattice, unit, other)),
      )
    }),
  )
})
