import { expect, it } from 'vitest'
import { decodeView, encodeView, type View } from './link.ts'
import { USUAL } from './options.ts'

const view: View = {
  table: { name: 'pénguins & "co".csv', isExample: false, rows: 344 },
  chosen: { ...USUAL, columns: ['a', 'b'], label: null, rows: 4, weights: { a: 2 } },
  layer: 'plane a',
  clusters: {
    method: 'by hand',
    count: 2,
    of: Int32Array.of(0, 1, -1),
    names: ['north', '<b>'],
    seed: 0,
    reach: [1, 2],
  },
  filters: {
    units: new Set([3, 1]),
    search: 'x y',
    columns: new Map([
      ['a', { from: 1.5, to: 2 }],
      ['c', { bins: new Set([0, 2]) }],
    ]),
  },
}

it('a link gives back the view that it was made of, in letters that an address can hold', async () => {
  const text = await encodeView(view)
  expect(text).toMatch(/^[\w-]+$/)
  expect(await decodeView(text)).toEqual(view)
})

it.each(['', 'nonsense', 'AAAA', '%%%'])('text that holds no view gives null: %j', async (text) => {
  expect(await decodeView(text)).toBeNull()
})
