import { js, type Samples, samplesOf, train } from '@som/core'
import * as arrow from 'apache-arrow'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { createServer } from '../index.ts'

const plain = samplesOf(
  Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(i * 1.7)]),
  ['a', 'b'],
)
const made: Samples = {
  features: ['kind=x', 'kind=y', 'a'],
  rows: 30,
  data: Float64Array.from({ length: 90 }, (_, k) =>
    k % 3 === 2 ? Math.sin(k) : Number((k % 2 === 0) === (k % 3 === 0)),
  ),
  sources: [{ column: 'kind', level: 'x' }, { column: 'kind', level: 'y' }, undefined],
}

type Cell = number | string | null
interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** The same table in each form that has names of columns. */
const forms: Record<string, (table: Table) => { type: string; body: string | Uint8Array }> = {
  dataframe_split: ({ columns, rows }) => json({ dataframe_split: { columns, data: rows } }),
  csv: ({ columns, rows }) => ({
    type: 'text/csv',
    body: [columns, ...rows].map((row) => `${row.join(',')}\n`).join(''),
  }),
  arrow: ({ columns, rows }) => {
    const vectors = columns.map((_, c) => {
      const type = typeof rows[0][c] === 'string' ? new arrow.Utf8() : new arrow.Float64()
      return arrow.vectorFromArray(
        rows.map((row) => row[c]),
        type,
      )
    })
    const fields = columns.map((name, c) => new arrow.Field(name, vectors[c].type, true))
    const schema = new arrow.Schema(fields)
    const children = vectors.map((vector) => vector.data[0])
    const data = arrow.makeData({ type: new arrow.Struct(fields), length: rows.length, nullCount: 0, children })
    return {
      type: 'application/vnd.apache.arrow.stream',
      body: arrow.tableToIPC(new arrow.Table(schema, [new arrow.RecordBatch(schema, data)]), 'stream'),
    }
  },
}
const json = (body: object) => ({ type: 'application/json', body: JSON.stringify(body) })

const apps: FastifyInstance[] = []
const addresses: string[] = []
beforeAll(async () => {
  for (const samples of [plain, made]) {
    const som = (await train({ samples, lattice: { rows: 2, columns: 3 }, epochs: 2 })).unwrapOrElse((issues) => {
      throw new Error(JSON.stringify(issues))
    })
    const app = await createServer({ som, backend: js() }, settingsFor())
    apps.push(app)
    addresses.push(await app.listen({ host: '127.0.0.1', port: 0 }))
  }
})
afterAll(() => Promise.all(apps.map((app) => app.close())))

async function post(address: string, { type, body }: { type: string; body: string | Uint8Array }) {
  const answer = await fetch(`${address}/v1/match`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: Buffer.from(body),
  })
  const { status } = answer
  if (status === 200 && type.includes('arrow')) {
    const units = arrow.tableFromIPC(await answer.arrayBuffer()).getChild('unit')
    return { status, units: [...(units ?? [])], text: '' }
  }
  const found = await answer.json()
  const issues: { path: string; message: string }[] = found.issues ?? []
  return {
    status,
    units: found.predictions?.map(({ unit }: { unit: number }) => unit),
    text: issues.map(({ path, message }) => `${path}: ${message}`).join('; '),
  }
}

describe.each(Object.keys(forms))('a table by %s', (form) => {
  const ask = (which: number, table: Table) => post(addresses[which], forms[form](table))
  const usual = { columns: ['a', 'b'], rows: [[0.5, 0.1], [-0.9, 1]] } // biome-ignore format: a table

  it('is refused where a column is missing, all of them by name', async () => {
    const { status, text } = await ask(0, { columns: ['c', 'd'], rows: [[1, 2]] })
    expect(status).toBe(400)
    expect(text).toMatch(/expected the feature "a", found none; .*expected the feature "b", found none/)
  })

  it('is refused where a column is there twice, also one that is not read', async () => {
    for (const columns of [
      ['a', 'b', 'a'],
      ['a', 'b', 'c', 'c'],
    ]) {
      const { status, text } = await ask(0, { columns, rows: [columns.map(() => 1)] })
      expect([status, text]).toEqual([400, expect.stringMatching(/expected each column once, found "[ac]" again/)])
    }
  })

  it('may have further columns, in any order', async () => {
    const { units } = await ask(0, usual)
    const wider = { columns: ['note', 'b', 'a'], rows: usual.rows.map(([a, b]) => ['x', b, a]) }
    expect((await ask(0, wider)).units).toEqual(units)
  })

  it('is read by its own columns, though it has the features made of them too', async () => {
    const own = { columns: ['kind', 'a'], rows: [['x', 0.5], ['y', -0.2]] } // biome-ignore format: a table
    const { units } = await ask(1, own)
    expect(units).toHaveLength(2)
    const both = { columns: [...own.columns, 'kind=x', 'kind=y'], rows: own.rows.map((row) => [...row, 0.5, 0.5]) }
    expect((await ask(1, both)).units).toEqual(units)
    const byFeature = { columns: ['kind=x', 'kind=y', 'a'], rows: [[1, 0, 0.5], [0, 1, -0.2]] } // biome-ignore format: a table
    expect((await ask(1, byFeature)).units).toEqual(units)
  })

  it('is refused with what was found, in the words of its form', async () => {
    const { status, text } = await ask(0, { columns: ['a', 'b'], rows: [['1', '2'], ['1', 'soft']] }) // biome-ignore format: a table
    expect(status).toBe(400)
    expect(text).toContain('expected a number or null, found "soft"')
    expect(
      text.startsWith(
        { dataframe_split: 'dataframe_split.data[1].b', csv: 'line 3.b', arrow: 'rows[1].b' }[form] ?? '',
      ),
    ).toBe(true)
  })
})

it('a number too large is called so in every form of text', async () => {
  const large = [
    ['application/json', '{"dataframe_split": {"columns": ["a", "b"], "data": [[1, 1e999]]}}'],
    ['application/json', '{"dataframe_records": [{"a": 1, "b": 1e999}]}'],
    ['application/json', '{"inputs": {"a": [1], "b": [1e999]}}'],
    ['application/x-ndjson', '{"a": 1, "b": 1e999}'],
    ['text/csv', 'a,b\n1,1e999\n'],
  ]
  for (const [type, body] of large) {
    const { status, text } = await post(addresses[0], { type, body })
    expect([status, text]).toEqual([400, expect.stringMatching(/(too large|"1e999")/)])
    expect(text).not.toMatch(/null$|dataframe_split.*line/)
  }
})

it('a request of CSV is reported about its lines alone', async () => {
  for (const body of ['', 'a\n1\n', 'a,b\n1\n', 'a,b\n1,x\n', 'a,b,a\n1,2,3\n', 'a,b\n"1,2\n']) {
    const { status, text } = await post(addresses[0], { type: 'text/csv', body })
    expect([status, text]).toEqual([400, expect.stringMatching(/^line \d/)])
    expect(text).not.toMatch(/dataframe|instances|inputs/)
  }
})
