import { expect, it } from 'vitest'
import { type SensorEvent, Sensors } from './sensors.ts'

const runs = [
  { same: 3, missing: 0 },
  { same: 100, missing: 20 },
]

function eventsOf(columns: readonly (readonly number[])[]): (SensorEvent & { at: number })[] {
  const sensors = new Sensors([{ name: 'a' }, { name: 'b' }], runs)
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

it('a sensor that gives nothing any more is reported once, and when it is back', () => {
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

it('what is made of one column is one sensor: a level that does not come is none that is stuck', () => {
  const level = (name: string) => ({ name: `kind=${name}`, source: { column: 'kind', level: name } })
  const sensors = new Sensors([level('cat'), level('dog'), level('lynx')], new Array(3).fill({ same: 3, missing: 0 }))
  const events: SensorEvent[] = []
  const add = (row: readonly number[], times: number): void => {
    for (let i = 0; i < times; i++) sensors.add(Float64Array.from(row), 0, (event) => void events.push(event))
  }
  for (let i = 0; i < 60; i++) add([i % 2, 1 - (i % 2), 0], 1)
  expect(events).toEqual([])
  add([Number.NaN, Number.NaN, Number.NaN], 60)
  add([0, 0, 1], 60)
  expect(events.map(({ column, state }) => `${column} ${state}`)).toEqual(['kind silent', 'kind back', 'kind stuck'])
  expect(sensors.runs()).toEqual(new Array(3).fill({ same: 60, missing: 60 }))
})
