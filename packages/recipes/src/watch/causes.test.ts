import { type Matrix, type Som, train } from '@som/core'
import { expect, it } from 'vitest'
import { causeGroups, causesOf } from './causes.ts'

const trained = await train({ samples: [[0], [1]], lattice: { rows: 1, columns: 1 }, preprocessing: 'none', epochs: 1 })
if (trained.isErr) throw new Error('the options are good')
const [{ preprocessing }] = trained.value.features
const level = (name: string) => ({ name: `kind=${name}`, preprocessing, source: { column: 'kind', level: name } })
const row = (...data: number[]): Matrix => ({ rows: 1, columns: data.length, data: Float32Array.from(data) })
const som: Som = {
  ...trained.value,
  features: [level('cat'), { name: 'a', preprocessing }, level('dog'), level('kind')],
  codebook: row(0.75, 2, 0.25, 0),
}
const causes = (...values: number[]): unknown =>
  causesOf(som, causeGroups(som.features), row(...values), Float64Array.from(values), 0, 0)

it('the levels of a category are one cause: the sum of their shares, the level that is and the one that would be usual', () => {
  expect(causes(0, 2, 1, 0)).toEqual([{ feature: 'kind', share: 1, value: 'dog', usual: 'cat' }])
  expect(causes(0, 3, 0, 1)).toEqual([
    { feature: 'kind', share: 1.625 / 2.625, value: 'kind', usual: 'cat' },
    { feature: 'a', share: 1 / 2.625, value: 3, usual: 2 },
  ])
})

it('a category that is missing causes nothing', () => {
  expect(causes(Number.NaN, 5, Number.NaN, Number.NaN)).toEqual([{ feature: 'a', share: 1, value: 5, usual: 2 }])
})
