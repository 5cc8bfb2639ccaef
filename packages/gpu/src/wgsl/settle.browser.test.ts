import { js, type Matrix, matrix, random } from '@som/core'
import { measures } from '@som/core/backend'
import { expect, it } from 'vitest'
import { cardOfPage } from '../../test/card-of-page.ts'
import { ratioOf } from '../bounds.ts'
import { FORMS, type FormName } from '../forms.ts'
import { LEFT, ROWS, settle } from './settle.ts'

const [COUNT, UNITS, FEATURES] = [600, 12, 3]
const NONE = 3e38

/** Small integers, which tie often. */
function drawn(rows: number, seed: number): Matrix {
  const draw = random(seed, 'settle')
  return matrix(
    rows,
    FEATURES,
    Float32Array.from({ length: rows * FEATURES }, () => Math.floor(4 * draw())),
  )
}

/** What a card could report: each sum is off by nearly what the bound allows, either way, and so is their order. */
function shortlistOf(form: FormName, rows: Matrix, codebook: Matrix) {
  const draw = random(3, 'errors')
  const error = 0.45 * ((ratioOf(form, FEATURES) ?? 1) - 1)
  const units = new Uint32Array(4 * rows.rows)
  const sums = new Float32Array(4 * rows.rows)
  const guards = new Float32Array(rows.rows)
  const of = form === 'hamming' ? 'manhattan' : form
  for (let i = 0; i < rows.rows; i++) {
    const sample = rows.data.subarray(FEATURES * i, FEATURES * (i + 1))
    const found = Array.from({ length: codebook.rows }, (_, unit) => {
      const sum = measures[of](sample, codebook.data, unit * FEATURES, [0, 1, 2])
      return { unit, sum: sum * (1 + (draw() < 0.5 ? -error : error)) }
    }).sort((a, b) => a.sum - b.sum)
    found.slice(0, 4).forEach(({ unit, sum }, place) => {
      units[4 * i + place] = unit
      sums[4 * i + place] = sum
    })
    guards[i] = found[4]?.sum ?? NONE
  }
  return { units, sums, guards }
}

const forms = Object.keys(FORMS) as FormName[] // the keys of a record by form

it.each(forms)('%s: a row is settled as js() matches it, or left, whatever errors the bound allows', async (form) => {
  const card = await cardOfPage()
  const [rows, codebook] = [drawn(COUNT, 1), drawn(UNITS, 2)]
  const lattice = { cell: 'rectangular', shape: 'sheet', rows: 1, columns: UNITS } as const
  const session = await js().open({ lattice, metric: form, kernel: 'gaussian' }, { matrix: rows }, codebook)
  const expected = await session.match()
  session.close()
  const { units, sums, guards } = shortlistOf(form, rows, codebook)
  const ratio = new Uint32Array(Float32Array.of(ratioOf(form, FEATURES) ?? 1).buffer)[0]
  let settled = 0
  for (const second of [0, 1]) {
    const [settledUnits, settledSums] = [8, 16].map((each) => card.storage(each * COUNT))
    const inputs = [rows.data, codebook.data, units, sums, guards].map((values) => card.holding(values))
    const numbers = Uint32Array.of(0, COUNT, FEATURES, ratio, second)
    const kernel = { code: settle(form), entryPoint: 'settle' }
    await card.run(kernel, numbers, [...inputs, settledUnits, settledSums], Math.ceil(COUNT / ROWS))
    const [unit, sum] = await card.read<[Uint32Array, Float64Array]>(
      { buffer: settledUnits, bytes: 8 * COUNT, as: Uint32Array },
      { buffer: settledSums, bytes: 16 * COUNT, as: Float64Array },
    )
    for (let i = 0; i < COUNT; i++) {
      if (unit[i] === LEFT) continue
      settled++
      const distance = (at: number): number => Math.fround(FORMS[form].distance(sum[at], () => FEATURES))
      expect([unit[i], distance(i)]).toEqual([expected.unit[i], expected.distance[i]])
      if (second === 0) continue
      expect([unit[COUNT + i], distance(COUNT + i)]).toEqual([expected.secondUnit[i], expected.secondDistance[i]])
    }
  }
  expect(settled).toBeGreaterThan(COUNT)
  expect(settled).toBeLessThan(2 * COUNT)
})
