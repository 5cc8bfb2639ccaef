import { expect, it } from 'vitest'
import { fromTime, hasScale, partsOf, sourceName, TIME_PARTS, TIME_USES } from './feature-source.ts'

const column = 'when'

it('days have the scale of their numbers; cycles and levels have a scale of their own', () => {
  expect(hasScale(undefined)).toBe(false)
  expect(hasScale({ column, level: 'days' })).toBe(true)
  expect(TIME_PARTS.filter((time) => !hasScale({ column, time }))).toEqual(['days'])
})

it('a time as days is called after its column, and a level and a cycle say which', () => {
  expect(sourceName({ column, time: 'days' })).toBe('when')
  expect(sourceName({ column, time: 'week-cosine' })).toBe('when week-cosine')
  expect(sourceName({ column, level: 'days' })).toBe('when=days')
})

it('every use of a time has its parts, and every part belongs to a use', () => {
  expect(TIME_USES.flatMap(partsOf)).toEqual(TIME_PARTS)
  expect(partsOf('number')).toEqual(['days'])
})

it('a cycle ends where it began, and days continue', () => {
  const at = Date.UTC(2024, 4, 1, 6) / 1000
  expect(fromTime('days', at + 86_400) - fromTime('days', at)).toBe(1)
  expect(fromTime('day-sine', at)).toBeCloseTo(1, 9)
  expect(fromTime('day-cosine', at)).toBeCloseTo(0, 9)
  for (const [cycle, days] of [
    ['day', 1],
    ['week', 7],
    ['year', 365.2425],
  ] as const)
    for (const part of [`${cycle}-sine`, `${cycle}-cosine`] as const) {
      expect(fromTime(part, at + days * 86_400)).toBeCloseTo(fromTime(part, at), 6)
      expect(fromTime(part, at + (days * 86_400) / 2)).toBeCloseTo(-fromTime(part, at), 6)
    }
  expect(fromTime('year-sine', Number.NaN)).toBeNaN()
})
