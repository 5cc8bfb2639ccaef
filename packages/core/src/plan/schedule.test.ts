import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DECAYS, progressAt, valueAt } from './schedule.ts'

it('every decay goes from start to end and stays between', () => {
  const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true })
  fc.assert(
    fc.property(
      fc.constantFrom(...DECAYS),
      positive,
      positive,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (decay, start, end, p) => {
        const schedule = { start, end, decay }
        expect(valueAt(schedule, 0)).toBeCloseTo(start, 9)
        expect(valueAt(schedule, 1)).toBe(end)
        const slack = 1e-9 * Math.max(start, end)
        expect(valueAt(schedule, p)).toBeGreaterThanOrEqual(Math.min(start, end) - slack)
        expect(valueAt(schedule, p)).toBeLessThanOrEqual(Math.max(start, end) + slack)
      },
    ),
  )
})

it("the original challenge's schedule is the exponential decay to a radius of 1", () => {
  const [side, iterations, rate] = [1000, 1000, 0.1]
  const initialRadius = side / 2
  const timeConstant = iterations / Math.log(initialRadius)
  const radius = { start: initialRadius, end: 1, decay: 'exponential' } as const
  const learningRate = { start: rate, end: rate / initialRadius, decay: 'exponential' } as const
  for (const t of [0, 1, 250, 999]) {
    const original = Math.exp(-t / timeConstant)
    expect(valueAt(radius, t / iterations)).toBeCloseTo(initialRadius * original, 9)
    expect(valueAt(learningRate, t / iterations)).toBeCloseTo(rate * original, 12)
  }
})

it("the asymptotic decay to a third and the inverse one to a 101st are other packages' formulae", () => {
  for (const p of [0, 0.1, 0.5, 0.9]) {
    expect(valueAt({ start: 3, end: 1, decay: 'asymptotic' }, p)).toBeCloseTo(3 / (1 + 2 * p), 12)
    expect(valueAt({ start: 1, end: 1 / 101, decay: 'inverse' }, p)).toBeCloseTo(100 / (100 + 100 * 100 * p), 12)
  }
})

it("a decay of the user's own is given progress, start and end", () => {
  expect(valueAt({ start: 4, end: 2, decay: (p, start, end) => start - p * (start - end) ** 2 }, 0.5)).toBe(2)
})

it('a run of one step is at its start', () => {
  expect(progressAt(0, 1)).toBe(0)
  expect([0, 1, 2].map((t) => progressAt(t, 3))).toEqual([0, 0.5, 1])
})
