import { js, type Matrix, matrix, random } from '@som/core'
import { type Matches, measures } from '@som/core/backend'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ratioOf } from './bounds.ts'
import { FORMS, type FormName } from './forms.ts'
import { settler } from './settle.ts'
import type { Shortlist } from './shortlist.ts'

const FEATURES = 3

/** Small integers, which tie often. */
function drawn(rows: number, seed: number): Matrix {
  const draw = random(seed, 'settle')
  return matrix(
    rows,
    FEATURES,
    Float32Array.from({ length: rows * FEATURES }, () => Math.floor(4 * draw())),
  )
}

/** What a card could report: each sum is off by as much as the bound allows, either way, and so is their order. */
function shortlistOf(form: FormName, rows: Matrix, codebook: Matrix, seed: number): Shortlist {
  const draw = random(seed, 'errors')
  const error = ((ratioOf(form, FEATURES) ?? 1) - 1) / 2
  const shortlist = {
    units: new Uint32Array(4 * rows.rows).fill(2 ** 32 - 1),
    sums: new Float32Array(4 * rows.rows).fill(3e38),
    guards: new Float32Array(rows.rows).fill(3e38),
  }
  for (let i = 0; i < rows.rows; i++) {
    const sample = rows.data.subarray(FEATURES * i, FEATURES * (i + 1))
    const sums = Array.from({ length: codebook.rows }, (_, unit) => {
      const sum = measures[form](sample, codebook.data, unit * FEATURES, [0, 1, 2])
      return { unit, sum: sum * (1 + error * (draw() < 0.5 ? -0.9 : 0.9)) }
    }).sort((a, b) => a.sum - b.sum)
    sums.slice(0, 4).forEach(({ unit, sum }, place) => {
      shortlist.units[4 * i + place] = unit
      shortlist.sums[4 * i + place] = sum
    })
    if (sums.length > 4) shortlist.guards[i] = sums[4].sum
  }
  return shortlist
}

const forms = Object.keys(FORMS) as FormName[] // the keys of a record by form

it.each(forms)('%s: a row is settled as js() matches it, or left, whatever errors the bound allows', async (form) => {
  const lattice = { cell: 'rectangular', shape: 'sheet', rows: 1 } as const
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 12 }), fc.integer(), fc.boolean(), async (units, seed, second) => {
      const [rows, codebook] = [drawn(8, seed), drawn(units, seed + 1)]
      const task = { lattice: { ...lattice, columns: units }, metric: form, kernel: 'gaussian' } as const
      const session = await js().open(task, { matrix: rows }, codebook)
      const expected = await session.match(undefined, { second })
      session.close()
      const matches: Matches = {
        unit: new Int32Array(8),
        distance: new Float32Array(8),
        secondUnit: new Int32Array(second ? 8 : 0),
        secondDistance: new Float32Array(second ? 8 : 0),
      }
      const settle = settler({ form, ratio: ratioOf(form, FEATURES) ?? 1, codebook, second }, rows, matches)
      const shortlist = shortlistOf(form, rows, codebook, seed)
      for (let i = 0; i < 8; i++) {
        if (!settle(i, i, shortlist)) continue
        expect([matches.unit[i], matches.distance[i]]).toEqual([expected.unit[i], expected.distance[i]])
        if (!second) continue
        expect([matches.secondUnit[i], matches.secondDistance[i]]).toEqual([
          expected.secondUnit[i],
          expected.secondDistance[i],
        ])
      }
    }),
  )
})

it('a row whose fifth unit could be as near as its second is left, and settled if it cannot', () => {
  const [rows, codebook] = [matrix(1, 1, Float32Array.of(0)), matrix(5, 1, Float32Array.of(1, 2, 2, 2, 3))]
  const matches: Matches = {
    unit: new Int32Array(1),
    distance: new Float32Array(1),
    secondUnit: new Int32Array(1),
    secondDistance: new Float32Array(1),
  }
  const settle = settler({ form: 'euclidean', ratio: 1.01, codebook, second: true }, rows, matches)
  const units = Uint32Array.of(0, 1, 2, 3)
  const sums = Float32Array.of(1, 4, 4, 4)
  expect(settle(0, 0, { units, sums, guards: Float32Array.of(4.02) })).toBe(false)
  expect(matches.unit[0] + matches.secondUnit[0]).toBe(0)
  expect(settle(0, 0, { units, sums, guards: Float32Array.of(9) })).toBe(true)
  expect([matches.unit[0], matches.distance[0], matches.secondUnit[0], matches.secondDistance[0]]).toEqual([0, 1, 1, 2])
})

it('sums so small that a card may have flushed a part of them are left', () => {
  const [rows, codebook] = [matrix(1, 1, Float32Array.of(0)), matrix(2, 1, Float32Array.of(1e-15, 2e-15))]
  const matches = { unit: new Int32Array(1), distance: new Float32Array(1) } as Matches // only these are written
  const settle = settler({ form: 'euclidean', ratio: 1.01, codebook, second: false }, rows, matches)
  const shortlist = { units: Uint32Array.of(0, 1, 9, 9), guards: Float32Array.of(3e38) }
  expect(settle(0, 0, { ...shortlist, sums: Float32Array.of(1e-30, 4e-30, 3e38, 3e38) })).toBe(false)
  expect(settle(0, 0, { ...shortlist, sums: Float32Array.of(1e-26, 4e-26, 3e38, 3e38) })).toBe(true)
})
