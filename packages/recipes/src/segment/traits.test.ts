import { matrix } from '@som/core'
import { describe, expect, test } from 'vitest'
import { figuresOf } from './figures.ts'
import { marksOf, traitsOf } from './traits.ts'

const plain = { method: 'none', cofactor: 1, centre: 0, scale: 1, factor: 1 } as const
const north = { column: 'region', level: 'north' }
const joined = { column: 'joined', time: 'days' } as const
const hour = { column: 'at', time: 'day-sine' } as const

/** Rows of an age, a level, a day and an hour; the first two are the segment. */
const data = [
  [60, 1, 19_000, 0.1],
  [70, 1, 19_002, 0.2],
  [20, 0, 18_000, 0.3],
  [30, 1, 18_004, 0.4],
  [40, 0, Number.NaN, 0.5],
]
const samples = {
  features: ['age', 'region=north', 'joined', 'at day-sine'],
  rows: 5,
  data: Float64Array.from(data.flat()),
  sources: [undefined, north, joined, hour],
}
const features = [
  { name: 'age', preprocessing: plain },
  { name: 'region=north', preprocessing: plain, source: north },
  { name: 'joined', preprocessing: plain, source: joined },
  { name: 'at day-sine', preprocessing: plain, source: hour },
]
const rows = matrix(5, 4, Float32Array.from(samples.data))
const { all, groups } = figuresOf(samples, features, rows, Int32Array.of(0, 0, -1, -1, -1), 1)

describe('traits of a segment', () => {
  const traits = traitsOf(features, all, groups[0])

  test('of numbers and days are medians in the units of the user', () => {
    expect(traits.find(({ kind }) => kind === 'number')).toMatchObject({ column: 'age', usual: 65, all: 40 })
    expect(traits.find(({ kind }) => kind === 'days')).toMatchObject({ column: 'joined', usual: 19_001, all: 18_502 })
  })

  test('of levels are shares, and their difference is (p - q) / √(q (1 - q))', () => {
    const level = traits.find(({ kind }) => kind === 'level')
    expect(level).toMatchObject({ column: 'region', level: 'north', usual: 1, all: 0.6 })
    expect(level?.deviations).toBeCloseTo(0.4 / Math.sqrt(0.24), 6)
  })

  test('are reported the strongest first, and a cycle not at all', () => {
    const sizes = traits.map(({ deviations }) => Math.abs(deviations))
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    expect(traits.map(({ column }) => column)).not.toContain('at')
  })

  test('set few rows apart only where they differ by three standard errors', () => {
    const [age] = traits.filter(({ column }) => column === 'age')
    expect(marksOf([{ ...age, deviations: 1 }], 8)).toEqual([])
    expect(marksOf([{ ...age, deviations: 1 }], 9)).toHaveLength(1)
    expect(marksOf([{ ...age, deviations: 0.4 }], 1000)).toEqual([])
  })

  test('of a level set a segment apart where it is more frequent, not where it is less', () => {
    const [level] = traits.filter(({ kind }) => kind === 'level')
    expect(marksOf([{ ...level, deviations: -2 }], 100)).toEqual([])
    expect(marksOf([{ ...level, deviations: 2 }], 100)).toHaveLength(1)
  })
})
