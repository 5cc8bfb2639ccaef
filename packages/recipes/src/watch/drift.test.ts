import { random } from '@som/core'
import { expect, it } from 'vitest'
import { Drift, type DriftEvent, driftRule } from './drift.ts'

const rule = driftRule(1000, { farther: 0, nearer: 0 })
const draw = random(2, 'p')

function eventsOf(ps: readonly number[], drift = new Drift(rule)): (DriftEvent & { at: number })[] {
  return ps.flatMap((p, row) => drift.add(p, row).map((event) => ({ ...event, at: row })))
}

const uniform = (n: number): number[] => Array.from({ length: n }, draw)

it('p-values of normal rows are not drift, however many', () => {
  expect(eventsOf(uniform(200_000))).toEqual([])
})

it('a burst of anomalies is not a drift', () => {
  expect(eventsOf([...uniform(500), ...new Array(30).fill(0.001), ...uniform(500)])).toEqual([])
})

it('a body of rows that has moved is drift, and its end is reported', () => {
  const moved = Array.from({ length: 600 }, () => draw() ** 2)
  const events = eventsOf([...uniform(500), ...moved, ...uniform(3000)])
  expect(events.map(({ state, side }) => `${side} ${state}`)).toEqual(['farther begins', 'farther ends'])
  expect(events[0].at).toBeGreaterThan(500)
  expect(events[0].at - events[0].rows).toBeGreaterThan(400)
})

it('rows that are nearer than normal ones ever are, are drift to the other side', () => {
  const events = eventsOf([...uniform(100), ...Array.from({ length: 600 }, () => Math.sqrt(draw()))])
  expect(events.map(({ state, side }) => `${side} ${state}`)).toEqual(['nearer begins'])
})

it('readings that hang together have to show more', () => {
  expect(driftRule(1000, { farther: 40, nearer: 3 }).limit).toEqual({ farther: 80, nearer: 25 })
})

it('a drift that was restored continues', () => {
  const ps = [...uniform(50), ...new Array(80).fill(0.1)]
  const first = new Drift(rule)
  const before = eventsOf(ps.slice(0, 70), first)
  const second = new Drift(rule, JSON.parse(JSON.stringify(first.snapshot())))
  const after = ps.slice(70).flatMap((p, i) => second.add(p, 70 + i))
  expect([...before, ...after].map(({ rows }) => rows)).toEqual(eventsOf(ps).map(({ rows }) => rows))
})
