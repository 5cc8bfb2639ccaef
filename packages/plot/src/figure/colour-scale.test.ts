import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { colourBar } from './colour-bar.ts'
import { colourScale, SCALES } from './colour-scale.ts'

it.each(['linear', 'quantile'] as const)('%s: a greater value never has a lower level', (scale) => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(fc.array(finite, { minLength: 2 }), (values) => {
      const colours = colourScale(values, 'viridis', { scale })
      const sorted = [...values].sort((a, b) => a - b)
      const levels = sorted.map(colours.levelOf)
      for (let i = 0; i < levels.length; i++) {
        expect(colours.palette[levels[i]]).toMatch(/^#[0-9a-f]{6}$/)
        if (i > 0) expect(levels[i]).toBeGreaterThanOrEqual(levels[i - 1])
      }
    }),
    // So small that half of their distance is 0.
    { examples: [[[-6e-323, -5.4e-323]]] },
  )
})

it('the least and the greatest value have the ends of the colours', () => {
  const scale = colourScale([3, 1, 2], 'viridis')
  expect(scale.palette[scale.levelOf(1)]).toBe('#440154')
  expect(scale.palette[scale.levelOf(3)]).toBe('#fde725')
})

it('values that are not finite have no colour and do not stretch the range', () => {
  const scale = colourScale([1, Number.NaN, 2, Number.POSITIVE_INFINITY], 'viridis')
  expect([scale.least, scale.greatest]).toEqual([1, 2])
  expect([Number.NaN, Number.POSITIVE_INFINITY].map(scale.levelOf)).toEqual([-1, -1])
})

it('values that are all the same have one colour', () => {
  const scale = colourScale([5, 5], 'viridis')
  expect(scale.palette).toHaveLength(1)
  expect(scale.levelOf(5)).toBe(0)
})

describe('a unit far from all others', () => {
  const values = [...Array.from({ length: 99 }, (_, i) => i / 99), 1000]
  const scale = colourScale(values, 'viridis')
  const coloursOf = (values: readonly number[]): number => new Set(values.map(scale.levelOf)).size

  it('does not make the rest one colour, and has the colour at the end', () => {
    expect(coloursOf(values)).toBeGreaterThan(90)
    expect(scale.levelOf(1000)).toBe(scale.palette.length - 1)
    expect(scale.greatest).toBe(98 / 99)
  })

  it('is named beneath the colours, with a point at their end', () => {
    expect(scale.above).toEqual({ count: 1, farthest: 1000 })
    expect(scale.below).toBeNull()
    const { body } = colourBar(scale, 'metres', 300, 300)
    expect(body).toContain('1 cell above 0.9899, up to 1000')
    expect(body.match(/<path fill="#fde725"/g)).toHaveLength(1)
  })

  it('on the low side likewise', () => {
    const low = colourScale(
      values.map((value) => -value),
      'viridis',
    )
    expect(low.below).toEqual({ count: 1, farthest: -1000 })
    expect(colourBar(low, '', 300, 300).body).toContain('1 cell below −0.9899, down to −1000')
  })

  it('is within the colours where the range says so', () => {
    const whole = colourScale(values, 'viridis', { range: [0, 1000] })
    expect([whole.above, whole.greatest]).toEqual([null, 1000])
  })

  it.each([4, 9, 20, 48, 2500])('of %i units leaves colours to the rest', (units) => {
    const few = [...Array.from({ length: units - 1 }, (_, i) => i), 1000 * units]
    expect(colourScale(few, 'viridis').greatest).toBe(units - 2)
  })
})

it('values spread evenly, or in two groups, keep all of their range', () => {
  const even = Array.from({ length: 50 }, (_, i) => i)
  const groups = Array.from({ length: 50 }, (_, i) => (i < 25 ? i / 100 : 100 + i / 100))
  const rare = Array.from({ length: 50 }, (_, i) => (i === 7 ? 1 : 0))
  for (const values of [even, groups, rare]) {
    const scale = colourScale(values, 'viridis')
    expect([scale.least, scale.greatest]).toEqual([Math.min(...values), Math.max(...values)])
    expect([scale.below, scale.above]).toEqual([null, null])
  }
})

it('quantile gives each colour as many cells', () => {
  const values = Array.from({ length: 100 }, (_, i) => Math.exp(i / 3))
  const scale = colourScale(values, 'viridis', { scale: 'quantile' })
  const quarters = [0, 0, 0, 0]
  for (const value of values) quarters[Math.floor((4 * scale.levelOf(value)) / scale.palette.length)]++
  for (const count of quarters) expect(Math.abs(count - 25)).toBeLessThanOrEqual(1)
})

it('log gives each factor as many colours', () => {
  const scale = colourScale([1, 10, 100], 'viridis', { scale: 'log' })
  expect(scale.shareOf(10)).toBeCloseTo(0.5, 12)
  expect(scale.ticks(300).map(({ text }) => text)).toEqual(['1', '10', '100'])
})

it('values of 0 and below are below every colour of a log scale', () => {
  const scale = colourScale([-1, 0, 1, 10], 'viridis', { scale: 'log' })
  expect(scale.below).toEqual({ count: 2, farthest: -1 })
  expect([-1, 0, 1].map(scale.levelOf)).toEqual([0, 0, 0])
  expect(() => colourScale([-1, 0], 'viridis', { scale: 'log', name: 'depth' })).toThrow(
    'scale: expected values above 0 for log, found none in depth',
  )
})

it('values beyond a range have the colours at its ends, and are counted', () => {
  const scale = colourScale([-5, 0, 1, 2, 9], 'viridis', { range: [0, 2] })
  expect([-5, 0, 2, 9].map(scale.shareOf)).toEqual([0, 0, 1, 1])
  expect([scale.below?.count, scale.above?.count]).toEqual([1, 1])
})

it('options that are no use are refused, each by its name', () => {
  const drawn = (options: object) => () => colourScale([1, 2], 'viridis', options)
  expect(drawn({ scale: 'root' })).toThrow('scale: expected one of linear, quantile, log, found root')
  for (const range of [[2, 1], [1, 1], [1], [0, Number.NaN], 'ab', null]) {
    if (range === null) continue
    expect(drawn({ range })).toThrow('range: expected two numbers, the lower first, found ')
  }
  expect(drawn({ scale: 'log', range: [0, 1] })).toThrow('range: expected numbers above 0 for the scale log')
})

it.each(SCALES)('%s: every tick is within the range, and written once', (kind) => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 1e-3, max: 1e6 }), { minLength: 1 }), (values) => {
      fc.pre(!values.every(Number.isNaN))
      const scale = colourScale(values, 'viridis', { scale: kind })
      const ticks = scale.ticks(300)
      expect(ticks.length).toBeGreaterThan(0)
      for (const { value } of ticks) expect(value >= scale.least && value <= scale.greatest).toBe(true)
      expect(new Set(ticks.map(({ value }) => value)).size).toBe(ticks.length)
    }),
  )
})

it('counts have whole ticks', () => {
  expect(
    colourScale([0, 1, 2], 'viridis')
      .ticks(400)
      .map(({ text }) => text),
  ).toEqual(['0', '1', '2'])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1 }), (values) => {
      for (const { value } of colourScale(values, 'viridis').ticks(400)) expect(Number.isInteger(value)).toBe(true)
    }),
  )
})

it('a bar is one gradient, as wide as asked for, in the middle', () => {
  const { body } = colourBar(colourScale([0, 1], 'cividis'), 'metres', 460, 440)
  expect(body.match(/<rect/g)).toHaveLength(1)
  expect(body).toContain('<rect x="10" width="440" height="10" fill="url(#som-cividis)"/>')
})
