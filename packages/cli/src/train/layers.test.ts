import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { som } from '../../test/harness.ts'
import { mappedRows } from '../../test/mapped-rows.ts'

const at = mappedRows()
const penguins = fileURLToPath(new URL('../../../../examples/penguins/penguins.csv', import.meta.url))
const train = (...words: string[]) => som('train', penguins, '--epochs', '2', '-o', at('layers.som'), ...words)

test('layers are groups of columns with a metric and a weight each, and the map keeps them', async () => {
  const bills = ['--layer', 'bill=bill_length_mm,bill_depth_mm:manhattan:2']
  const { code, err } = await train(...bills, '--layer', 'body=flipper_length_mm,body_mass_g')
  expect([code, err]).toEqual([0, expect.any(String)])
  const { metric, layers } = JSON.parse((await som('inspect', at('layers.som'), '--json')).out)
  expect(metric.layers).toMatchObject([
    { columns: [0, 1], metric: 'manhattan' },
    { columns: [2, 3], metric: 'euclidean' },
  ])
  expect(layers).toMatchObject([{ name: 'bill' }, { name: 'body' }])
  expect((await som('match', at('layers.som'), penguins, '-o', at('matched.csv'))).code).toBe(0)
})

test('a layer has a preprocessing where one is named, with the usual values before it', async () => {
  const body = ['--layer', 'body=flipper_length_mm,body_mass_g::::robust']
  expect((await train('--layer', 'bill=bill_length_mm,bill_depth_mm', ...body)).code).toBe(0)
  const { features } = JSON.parse((await som('inspect', at('layers.som'), '--json')).out)
  const methods = features.map(({ preprocessing }: { preprocessing: { method: string } }) => preprocessing.method)
  expect(methods).toEqual(['z-score', 'z-score', 'robust', 'robust'])
})

test('what is wrong with layers is reported at once', async () => {
  const { code, err } = await train('--layer', 'bill=bill_lenght_mm:manhatan', '--layer', 'bill=body_mass_g')
  expect(code).not.toBe(0)
  expect(err).toMatch(/manhatan/)
})
