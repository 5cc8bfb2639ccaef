import { expect, it } from 'vitest'
import { holdOut } from './hold-out.ts'

it('rows on their own are held out one by one, each once', () => {
  const { training, heldOut } = holdOut(1000, 0.25, 0, 3)
  expect(heldOut).toHaveLength(250)
  expect([...training, ...heldOut].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
  expect(holdOut(1000, 0.25, 0, 4).heldOut).not.toEqual(heldOut)
})

it('where features look back, a held-out row shares no reading with training', () => {
  const { training, heldOut } = holdOut(1000, 0.25, 7, 3)
  expect(heldOut.length).toBeGreaterThan(200)
  const trained = new Set(training)
  for (const row of heldOut) {
    for (let back = 0; back <= 7; back++) expect(trained.has(row - back)).toBe(false)
  }
})
