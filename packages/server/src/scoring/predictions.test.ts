import {
  cellRows,
  fitTargets,
  imputationColumns,
  impute,
  js,
  orThrow,
  predict,
  predictionColumns,
  type Som,
  samplesOf,
  train,
} from '@som/core'
import { tableFromArrays, tableFromIPC, tableToIPC } from 'apache-arrow'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { createServer } from '../server.ts'

const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(2 * i) + (i % 3)])
const samples = samplesOf(rows, ['a', 'b'])
const size = rows.map(([a, b]) => 3 * a + b * b)
const kind = size.map((y) => (y > 1 ? 'large' : 'small'))
const asked = samplesOf([[0.2, 1.5], [null, 2.5], [null, null]], ['a', 'b']) // biome-ignore format: a table
const records = [
  { a: 0.2, b: 1.5 },
  { a: null, b: 2.5 },
  { a: null, b: null },
]

let som: Som
let app: Awaited<ReturnType<typeof createServer>>
beforeAll(async () => {
  const map = orThrow(await train({ samples, lattice: { rows: 4, columns: 4 } }))
  som = orThrow(await fitTargets(map, samples, { size, kind }))
  app = await createServer({ som, backend: js() }, settingsFor({}))
})
afterAll(() => app.close())

const post = async (url: string, payload: string | Buffer | object, type = 'application/json') =>
  app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } })

it('predictions are those of core, as JSON, CSV, NDJSON and Arrow', async () => {
  const ours = cellRows(predictionColumns(som), orThrow(await predict(som, asked)))
  expect(ours[0]).toMatchObject({ kind_predicted: 'large', size_low: expect.any(Number), unit: expect.any(Number) })
  expect(ours[2]).toMatchObject({ kind_predicted: null, size_predicted: null, unit: null })
  expect((await post('/v1/predict', { dataframe_records: records })).json().predictions).toEqual(ours)
  expect((await post('/v1/predict', 'a,b\n0.2,1.5\n,2.5\n,\n', 'text/csv')).json().predictions).toEqual(ours)
  const lines = await post(
    '/v1/predict',
    records.map((row) => `${JSON.stringify(row)}\n`).join(''),
    'application/x-ndjson',
  )
  expect(lines.body.trim().split('\n').map((line) => JSON.parse(line))).toEqual(ours) // biome-ignore format: one line
  const body = Buffer.from(tableToIPC(tableFromArrays({ a: [0.2, null, null], b: [1.5, 2.5, null] }), 'stream'))
  const arrow = await post('/v1/predict', body, 'application/vnd.apache.arrow.stream')
  expect(tableFromIPC(arrow.rawPayload).toArray().map((row) => row.toJSON())).toEqual(ours) // biome-ignore format: one line
})

it('a long list of predictions, written a piece at a time, is that of core', async () => {
  const many = samplesOf(Array.from({ length: 4100 }, (_, i) => rows[i % 60]), ['a', 'b']) // biome-ignore format: one line
  const ours = cellRows(predictionColumns(som), orThrow(await predict(som, many)))
  const instances = Array.from({ length: 4100 }, (_, i) => rows[i % 60])
  expect((await post('/v1/predict', { instances })).json().predictions).toEqual(ours)
})

it('a higher coverage makes intervals wider, and one that cannot be promised is refused', async () => {
  const low = async (coverage: string) => {
    const { statusCode, payload } = await post(`/v1/predict?coverage=${coverage}`, { instances: [rows[0]] })
    return { statusCode, ...JSON.parse(payload) }
  }
  const [wide, narrow] = [await low('0.95'), await low('0.5')]
  expect(wide.predictions[0].size_low).toBeLessThan(narrow.predictions[0].size_low)
  expect(await low('0.999')).toMatchObject({ statusCode: 400, issues: [{ path: 'coverage' }] })
  expect((await low('x')).statusCode).toBe(400)
  expect((await post('/v1/predict', { instances: [['x', 1]] })).statusCode).toBe(400)
})

it('missing values are filled in as core does it, and null stands where a value was there', async () => {
  const { imputations } = (await post('/v1/impute', { dataframe_records: records })).json()
  const whole = orThrow(await impute(som, asked)).samples.data
  expect(imputations).toEqual([
    { a: null, b: null },
    { a: Number(whole[2].toPrecision(7)), b: null },
    { a: null, b: null },
  ])
  expect(Object.keys(imputations[0])).toEqual(imputationColumns(som).map(({ name }) => name))
})

it('a map without targets predicts nothing, and fills in', async () => {
  const { targets: _, ...plain } = som
  const other = await createServer({ som: plain, backend: js() }, settingsFor({}))
  const answer = await other.inject({ method: 'POST', url: '/v1/predict', payload: { instances: rows } })
  expect([answer.statusCode, answer.json().issues[0].path]).toEqual([409, 'map'])
  const filled = await other.inject({ method: 'POST', url: '/v1/impute', payload: { instances: [[null, 1]] } })
  expect([filled.statusCode, filled.json().imputations[0].a]).toEqual([200, expect.any(Number)])
  await other.close()
})

it('the Open Inference Protocol names predictions among the outputs, and gives those asked for', async () => {
  const { outputs } = (await app.inject({ url: '/v2/models/som' })).json()
  expect(outputs).toContainEqual({ name: 'kind_predicted', datatype: 'BYTES', shape: [-1] })
  expect(outputs.filter(({ name }: { name: string }) => name === 'unit')).toHaveLength(1)
  const input = { name: 'samples', datatype: 'FP64', shape: [2, 2], data: [0.2, 1.5, null, null] }
  const wanted = [{ name: 'size_predicted' }, { name: 'unit' }, { name: 'kind_predicted' }]
  const { body } = await post('/v2/models/som/infer', { inputs: [input], outputs: wanted })
  const [first] = cellRows(predictionColumns(som), orThrow(await predict(som, asked)))
  expect(JSON.parse(body).outputs.map(({ name, data }: { name: string; data: unknown[] }) => [name, ...data])).toEqual([
    ['size_predicted', first.size_predicted, null],
    ['unit', first.unit, -1],
    ['kind_predicted', first.kind_predicted, ''],
  ])
})
