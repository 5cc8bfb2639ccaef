import { js, samplesOf, train } from '@som/core'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { createServer } from '../index.ts'

const rows = Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(i), i % 5, i % 3])
const columns = ['a', 'b', 'c', 'd']
const good = [6, 2, 4, 1]
let app: FastifyInstance
let address: string

beforeAll(async () => {
  const trained = await train({ samples: samplesOf(rows, columns), lattice: { rows: 3, columns: 3 }, epochs: 2 })
  if (trained.isErr) throw new Error('not trained')
  app = await createServer({ som: trained.value, backend: js() }, settingsFor({}, {}))
  address = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

async function post(path: string, body: unknown, type = 'application/json') {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetch(address + path, { method: 'POST', headers: { 'content-type': type }, body: text })
  return { status: answer.status, body: await answer.json() }
}

const refusal = async (...request: Parameters<typeof post>): Promise<string> => {
  const { status, body } = await post(...request)
  expect(status).toBe(400)
  return body.issues.map((issue: { path: string; message: string }) => `${issue.path}: ${issue.message}`).join('; ')
}

const wrong = [[6, 2, 4], [6, 2, 4, 1, 9], []]

it.each(wrong)('every form refuses a row of another length, with its number and the counts', async (...row) => {
  const data = [good, row]
  const counts = new RegExp(`\\[1\\]: expected 4 values.*found ${row.length}$`)
  expect(await refusal('/invocations', { dataframe_split: { columns, data } })).toMatch(counts)
  expect(await refusal('/invocations', { instances: data })).toMatch(counts)
  expect(await refusal('/invocations', { inputs: data })).toMatch(counts)
  const lines = data.map((line) => `${JSON.stringify(line)}\n`).join('')
  expect(await refusal('/invocations', lines, 'application/x-ndjson')).toMatch(counts)
  const tensor = { name: 'samples', shape: [2, 4], datatype: 'FP64', data }
  expect(await refusal('/v2/models/som/infer', { inputs: [tensor] })).toMatch(counts)
})

it.each(['6,2,4', '6,2,4,1,9'])(
  'a ragged line of CSV is refused by its number, without words of another form',
  async (line) => {
    const found = await refusal('/invocations', `a,b,c,d\n6,2,4,1\n${line}\n`, 'text/csv')
    expect(found).toBe(`line 3: expected 4 values, one per column, found ${line.split(',').length}`)
  },
)

it('a flat row, a column given twice and rows shifted within a tensor are refused', async () => {
  expect(await refusal('/invocations', { dataframe_split: { columns, data: [3.5, 1.4, 0.2] } })).toMatch(/found 3\.5/)
  const flat = await refusal('/invocations', { instances: [3.5, 1.4, 0.2] })
  expect(flat).toMatch(/instances\[0\]: expected a row, a list of 4 values.*found 3\.5/)
  const twice = { columns: ['a', ...columns], data: [[1, ...good]] }
  expect(await refusal('/invocations', { dataframe_split: twice })).toMatch(/found "a" again/)
  expect(await refusal('/invocations', 'a,b,c,d,a\n6,2,4,1,5\n', 'text/csv')).toMatch(/line 1: .*"a" again/)
  const shifted = { shape: [2, 4], data: [[6, 2, 4], [1, 6, 2, 4, 1]] } // biome-ignore format: one tensor
  const found = await refusal('/v2/models/som/infer', { inputs: [shifted] })
  expect(found).toMatch(/data\[0\]: expected 4 values by its shape, found 3; .*data\[1\].*found 5/)
})

it.each([
  ['INT64', 6.5, 'whole number'],
  ['UINT8', 300, '0 to 255'],
  ['BOOL', 2, 'true, false'],
  ['FP32', 'x', 'a number from'],
  ['FP32', 1e39, 'a number from'],
  ['INT8', -129, '-128 to 127'],
])('a tensor of %s does not hold %s', async (datatype, value, range) => {
  const found = await refusal('/v2/models/som/infer', { inputs: [{ shape: [1, 4], datatype, data: [0, value, 1, 1] }] })
  expect(found).toContain('inputs[0].data[1]')
  expect(found).toContain(range)
})

it('one tensor for each column says what one tensor of all says, and only the outputs asked for', async () => {
  const all = await post('/v2/models/som/infer', { inputs: [{ shape: [1, 4], data: good }] })
  const inputs = columns.map((name, c) => ({ name, shape: [1], datatype: 'FP64', data: [good[c]] })).reverse()
  const each = await post('/v2/models/som/infer', { inputs, outputs: [{ name: 'distance' }] })
  expect(each.body.outputs).toEqual(all.body.outputs.filter(({ name }: { name: string }) => name === 'distance'))
  expect(await refusal('/v2/models/som/infer', { inputs, outputs: [{ name: 'odd' }] })).toMatch(/found "odd"/)
  expect(await refusal('/v2/models/som/infer', { inputs: inputs.slice(1) })).toMatch(/feature "d"/)
})

it('a number too large is not called null', async () => {
  expect(await refusal('/invocations', '{"instances": [[1e999, 1, 1, 1]]}')).toMatch(/too large/)
})
