import {
  cellRows,
  type Embedded,
  embed,
  fitEmbedding,
  js,
  orThrow,
  type Placed,
  placeColumns,
  type Som,
  samplesOf,
  train,
} from '@som/core'
import { tableFromArrays, tableFromIPC, tableToIPC } from 'apache-arrow'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { createServer } from '../server.ts'

const rows = Array.from({ length: 80 }, (_, i) => [Math.sin(i), Math.cos(2 * i) + (i % 3)])
const samples = samplesOf(rows, ['a', 'b'])
const asked = samplesOf([[0.2, 1.5], [null, 2.5], [null, null]], ['a', 'b']) // biome-ignore format: a table
const records = [
  { a: 0.2, b: 1.5 },
  { a: null, b: 2.5 },
  { a: null, b: null },
]

const placed = ({ landmark, ...rest }: Embedded): Placed => ({ ...rest, unit: landmark })

let plain: Som
let som: Som
let app: Awaited<ReturnType<typeof createServer>>
beforeAll(async () => {
  plain = orThrow(await train({ samples, lattice: { rows: 4, columns: 4 } }))
  som = orThrow(await fitEmbedding(plain, samples, { landmarks: 40 }))
  app = await createServer({ som, backend: js() }, settingsFor({}))
})
afterAll(() => app.close())

const post = async (payload: string | Buffer | object, type = 'application/json') =>
  app.inject({ method: 'POST', url: '/v1/embed', payload, headers: { 'content-type': type } })

it('places of rows are those of core, as JSON, CSV, NDJSON and Arrow', async () => {
  const ours = cellRows(placeColumns(), placed(orThrow(await embed(som, asked))))
  expect(ours[0]).toEqual({ plane_x: expect.any(Number), plane_y: expect.any(Number) })
  expect(ours[2]).toEqual({ plane_x: null, plane_y: null })
  expect((await post({ dataframe_records: records })).json().places).toEqual(ours)
  expect((await post('a,b\n0.2,1.5\n,2.5\n,\n', 'text/csv')).json().places).toEqual(ours)
  const lines = await post(records.map((row) => `${JSON.stringify(row)}\n`).join(''), 'application/x-ndjson')
  expect(lines.body.trim().split('\n').map((line) => JSON.parse(line))).toEqual(ours) // biome-ignore format: one line
  const body = Buffer.from(tableToIPC(tableFromArrays({ a: [0.2, null, null], b: [1.5, 2.5, null] }), 'stream'))
  const arrow = await post(body, 'application/vnd.apache.arrow.stream')
  expect(tableFromIPC(arrow.rawPayload).toArray().map((row) => row.toJSON())).toEqual(ours) // biome-ignore format: one line
})

it('a long list of places, written a piece at a time, is that of core', async () => {
  const instances = Array.from({ length: 4100 }, (_, i) => rows[i % 80])
  const many = orThrow(await embed(som, samplesOf(instances, ['a', 'b'])))
  const ours = cellRows(placeColumns(), placed(many))
  expect((await post({ instances })).json().places).toEqual(ours)
})

it('a map without a plane is answered as 409', async () => {
  const other = await createServer({ som: plain, backend: js() }, settingsFor({}))
  const answer = await other.inject({ method: 'POST', url: '/v1/embed', payload: { instances: rows } })
  expect([answer.statusCode, answer.json().issues[0].path]).toEqual([409, 'map'])
  await other.close()
})
