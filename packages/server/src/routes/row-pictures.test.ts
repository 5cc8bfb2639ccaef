import { js, samplesOf, train } from '@som/core'
import * as arrow from 'apache-arrow'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { createServer } from '../index.ts'
import { ROW_PICTURES } from '../pictures.ts'

const rows = Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(i * 1.7)])
const kinds = rows.map((_, i) => ['owl', 'lynx', 'ibex'][i % 3])
let app: FastifyInstance
let address: string

beforeAll(async () => {
  const trained = await train({ samples: samplesOf(rows, ['a', 'b']), lattice: { rows: 3, columns: 4 }, epochs: 2 })
  if (trained.isErr) throw new Error('not trained')
  app = await createServer({ som: trained.value, backend: js() }, settingsFor({ maxRows: 50, maxBody: 20000 }))
  address = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

const records = rows.map(([a, b], i) => ({ a, b, kind: kinds[i] }))
const lines = (many: readonly object[]): string => many.map((row) => `${JSON.stringify(row)}\n`).join('')
const bodies: [string, string | Uint8Array][] = [
  ['application/json', JSON.stringify({ dataframe_records: records })],
  ['application/json', JSON.stringify({ inputs: { a: rows.map(([a]) => a), b: rows.map(([, b]) => b), kind: kinds } })],
  ['text/csv', `kind,a,b\n${records.map(({ a, b, kind }) => `${kind},${a},${b}\n`).join('')}`],
  ['application/x-ndjson', lines(records)],
  [
    'application/vnd.apache.arrow.stream',
    arrow.tableToIPC(
      arrow.tableFromArrays({ a: rows.map(([a]) => a), kind: kinds, b: rows.map(([, b]) => b) }),
      'stream',
    ),
  ],
]

const post = (path: string, type: string, body: string | Uint8Array) =>
  fetch(`${address}/v1/plots/${path}`, { method: 'POST', headers: { 'content-type': type }, body: Buffer.from(body) })
const [[JSON_TYPE, usual]] = bodies

it('every picture of rows is drawn of the rows that are sent, the same in each form', async () => {
  for (const name of ROW_PICTURES) {
    const found = await Promise.all(
      bodies.map(async ([type, body]) => {
        const answer = await post(`${name}.svg?label=kind`, type, body)
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
        return answer.text()
      }),
    )
    expect(found[0]).toMatch(/^<svg.*<\/svg>\s*$/s)
    expect(new Set(found).size).toBe(1)
    if (name === 'labels' || name === 'class-pies') for (const kind of kinds) expect(found[0]).toContain(kind)
  }
})

it('a picture of rows is there as PNG too', async () => {
  const answer = await post('class-pies.png?label=kind&width=200', JSON_TYPE, usual)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect([...new Uint8Array(await answer.arrayBuffer()).subarray(1, 4)]).toEqual([...Buffer.from('PNG')])
})

it('what cannot be drawn is refused with a reason', async () => {
  const refused = async (...request: Parameters<typeof post>): Promise<string> => {
    const answer = await post(...request)
    const { issues } = await answer.json()
    return [
      answer.status,
      ...issues.map((issue: { path: string; message: string }) => `${issue.path}: ${issue.message}`),
    ].join(' ')
  }
  expect(await refused('labels.svg', JSON_TYPE, usual)).toBe('400 label: expected the column of labels, found none')
  expect(await refused('labels.svg?label=sort', ...bodies[2])).toBe(
    '400 line 1: expected the column "sort" of labels, found none',
  )
  expect(await refused('labels.svg?label=sort', ...bodies[4])).toMatch(
    /^400 schema: expected the column "sort" of labels/,
  )
  expect(await refused('labels.svg?label=kind', JSON_TYPE, JSON.stringify({ instances: rows }))).toMatch(
    /^400 instances\[0\]: expected the label under "kind", found none/,
  )
  expect(await refused('hits.svg', JSON_TYPE, JSON.stringify({ instances: [[null, null]] }))).toBe(
    '400 : expected a row with a value, found none',
  )
  expect(await refused('u-matrix.svg', JSON_TYPE, usual)).toBe(
    '404 plot: u-matrix is a picture of the map alone: ask for it by GET',
  )
  expect((await post('cubist.svg', JSON_TYPE, usual)).status).toBe(404)
  const read = await fetch(`${address}/v1/plots/class-pies.svg`)
  expect([read.status, (await read.json()).issues[0].message]).toEqual([
    404,
    'class-pies is a picture of rows: send them by POST',
  ])
})

it('limits of rows and bytes hold for streams as for other bodies', async () => {
  const many = lines([...records, ...records])
  expect((await post('hits.svg', 'application/x-ndjson', many)).status).toBe(413)
  const padded = lines(records.map((row) => ({ ...row, note: 'x'.repeat(900) })))
  expect((await post('hits.svg', 'application/x-ndjson', padded)).status).toBe(413)
})
