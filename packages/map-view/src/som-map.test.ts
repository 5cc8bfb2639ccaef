import { expect, it } from 'vitest'
import { categoryColours } from './category-colours.ts'
import { coloursOf, levelsOf, rangeOf } from './palettes.ts'
import { latticeOf, numbersOf } from './read-attributes.ts'
import { SomMap } from './som-map.ts'
import { stepUnit } from './step-unit.ts'

it('is a name in plain Node, where there are no elements', () => {
  expect(new SomMap()).toBeInstanceOf(SomMap)
})

it('the least value has the first colour, the greatest the last, and other values none', () => {
  const values = [3, Number.NaN, 1, 5, Number.POSITIVE_INFINITY]
  expect(rangeOf(values)).toEqual([1, 5])
  expect([...levelsOf(values, rangeOf(values), coloursOf('viridis').length)]).toEqual([128, -1, 0, 255, -1])
})

it('values that are all the same have one colour of the middle', () => {
  expect([...levelsOf([2, 2], [2, 2], 256)]).toEqual([128, 128])
})

it('attributes that describe no lattice give none', () => {
  const of = (attributes: Record<string, string>) => latticeOf((name) => attributes[name] ?? null)
  expect(of({ rows: '0', columns: '3' })).toBeNull()
  expect(of({ columns: '3' })).toBeNull()
  expect(of({ rows: '2', columns: '3', cell: 'hexagonal' })).toEqual({
    cell: 'hexagonal',
    shape: 'sheet',
    rows: 2,
    columns: 3,
  })
  expect([...numbersOf('1, 2\n x 4')]).toEqual([1, 2, Number.NaN, 4])
})

it('arrow keys stay on the map', () => {
  const lattice = { cell: 'rectangular', shape: 'sheet', rows: 2, columns: 3 } as const
  expect(
    ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown', 'End', 'a'].map((key) => stepUnit(lattice, 0, key)),
  ).toEqual([0, 0, 1, 3, 2, null])
})

it('groups have colours of their own', () => {
  expect(new Set(categoryColours(40)).size).toBe(40)
})
