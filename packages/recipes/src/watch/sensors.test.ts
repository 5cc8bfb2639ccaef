import { expect, it } from 'vitest'
import { type SensorEvent, Sensors } from './sensors.ts'

const runs = [
  { same: 3, missing: 0 },
  { same: 100, missing: 20 },
]

function eventsOf(columns: readonly (readonly number[])[]): (SensorEvent & { at: number })[] {
  const sensors = new Sensors(['a', 'b'], runs)
  const events: (SensorEvent & { at: number })[] = []
  columns[0].forEach((_, i) => {
    sensors.add(
      Float64Array.from(columns, (column) => column[i]),
      0,
      (event) => void events.push({ ...event, at: i }),
    )
  })
  return events
}

const counting = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

it('a sensor that gives nothing any more is told once, and when it is back', () => {
  const dying = [...counting(10), ...new Array(60).fill(Number.NaN), ...counting(5)]
  expect(eventsOf([dying, counting(75)])).toEqual([
    { kind: 'sensor', column: 'a', state: 'silent', rows: 50, at: 59 },
    { kind: 'sensor', column: 'a', state: 'back', rows: 1, at: 70 },
  ])
})

it('a sensor that gives one value again and again is stuck, unless it did so in training', () => {
  const stuck = [...counting(10), ...new Array(60).fill(5)]
  expect(eventsOf([stuck, stuck])).toEqual([{ kind: 'sensor', column: 'a', state: 'stuck', rows: 50, at: 59 }])
})
