import { describe, expect, test } from 'vitest'
import { proposeNames } from './names.ts'
import type { Trait } from './traits.ts'

const number = (column: string, deviations: number): Trait => ({
  feature: column,
  column,
  deviations,
  kind: 'number',
  usual: 0,
  all: 0,
})
const level = (column: string, value: string, usual: number): Trait => ({
  feature: `${column}=${value}`,
  column,
  deviations: 1,
  kind: 'level',
  level: value,
  usual,
  all: 0.2,
})

describe('names of segments', () => {
  test('come of what sets them apart most', () => {
    expect(proposeNames([[number('spend', 2), level('region', 'north', 0.9)], [number('spend', -1)]])).toEqual([
      'high spend and north',
      'low spend',
    ])
  })

  test('say the column of a level that is not a word', () => {
    const names = proposeNames([[level('churned', '1', 1)], [level('member', 'yes', 1)]])
    expect(names).toEqual(['churned 1', 'member yes'])
  })

  test('hold no level that less than half of the rows have', () => {
    expect(proposeNames([[level('region', 'north', 0.4)], []])[0]).toBe('average')
  })

  test('take more traits where two would be the same, and then numbers', () => {
    const same = [number('a', 1), number('b', 1)]
    expect(
      proposeNames([
        [...same, number('c', 1)],
        [...same, number('c', -1)],
      ]),
    ).toEqual(['high a and high b and high c', 'high a and high b and low c'])
    expect(proposeNames([same, same, [], []])).toEqual([
      'high a and high b',
      'high a and high b 2',
      'average',
      'average 2',
    ])
  })

  test('are unique even where a column is called like a numbered name', () => {
    const names = proposeNames([[number('a', 1)], [number('a', 1)], [number('a 2', 1)]])
    expect(new Set(names).size).toBe(3)
  })

  test('of one segment is that of everyone', () => {
    expect(proposeNames([[]])).toEqual(['everyone'])
  })
})
