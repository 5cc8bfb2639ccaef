import { expect, it } from 'vitest'
import { briefNames } from './brief-names.ts'

it('a long beginning that all names share gives way to what differs, at whole words', () => {
  const names = ['concentration_at_station_10_am', 'concentration_at_station_11_am', 'concentration_at_station_2_pm']
  expect(briefNames(names)).toEqual(['…10_am', '…11_am', '…2_pm'])
})

it('short beginnings, single names and words without an end in common stay', () => {
  for (const names of [
    ['bill_length', 'bill_depth'],
    ['a_very_long_name_alone'],
    ['transformation', 'transformations'],
    [],
  ])
    expect(briefNames(names)).toEqual(names)
})
