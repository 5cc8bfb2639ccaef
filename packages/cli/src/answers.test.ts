import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ANSWERS,
  type Answer,
  answerRows,
  answersOf,
  CELLS,
  cellEncoder,
  clusterUnits,
  js,
  METRICS,
  match,
  orThrow,
  type Som,
} from '@som/core'
import { encodeOnnx, ONNX_METRICS, openTable, readModel, writeModel } from '@som/io'
import { createServer, settingsOf } from '@som/server'
import * as arrow from 'apache-arrow'
import fc from 'fast-check'
import type Result from 'true-myth/result'
import { afterAll, expect, test } from 'vitest'
import { som } from '../test/harness.ts'
import { runOnnx } from '../test/run-onnx.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-answers-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)

type Row = readonly [a: number | null, b: number | null, kind: string | null]
const COLUMNS = ['a', 'b', 'kind']

const number = fc.option(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { freq: 6 })
const kind = fc.option(fc.constantFrom('calm', 'rough, "wild"', 'é'), { freq: 6 })
const drawn = fc.record({
  rows: fc.array(fc.tuple(number, number, kind), { minLength: 12, maxLength: 25 }),
  size: fc.constantFrom('3x4', '2x3', '1x2'),
  cell: fc.constantFrom(...CELLS),
  metric: fc.constantFrom(...METRICS),
  preprocessing: fc.constantFrom('z-score', 'robust', 'arcsinh'),
  clusters: fc.constantFrom('none', 'numbered', 'named'),
})
/** Enough of each column that it is a feature, and a row without a value. */
const KNOWN: readonly Row[] = [[1, 2.5, 'calm'], [-4, 0.1, 'é'], [7.25, -3, 'rough, "wild"'], [null, null, null]] // biome-ignore format: a table

test('every door says the same about a row, digit for digit', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async ({ rows: more, clusters, ...how }) => {
      const rows = [...KNOWN, ...more]
      const map = await trained(rows, clusters, how)
      const samples = encoded(map, rows)
      const ours = answerRows(answersOf(map), orFail(await match(map, samples)))
      expect(ours.slice(3, 4)).toMatchObject([{ unit: null, distance: null }])
      for (const [door, said] of Object.entries(await doors(map, rows))) expect([door, said]).toEqual([door, ours])
      const onnx = encodeOnnx(map)
      expect([how.metric, onnx.isOk]).toEqual([how.metric, ONNX_METRICS.includes(how.metric)])
      if (onnx.isErr) return
      const outputs = runOnnx(onnx.value, {
        shape: [rows.length, samples.features.length],
        data: [...samples.data],
      })
      // A runtime may choose another of two units that lie as near except for the last bits of f64.
      expect(byColumns(outputs)).toEqual(ours)
    }),
    { numRuns: 8, seed: 5 },
  )
})

test('the guide and the help name every column', () => {
  const guide = readFileSync(new URL('../../../docs/guide/answers.md', import.meta.url), 'utf8')
  const table = ANSWERS.map(({ name, kind, help }) => `| \`${name}\` | ${kind} | ${help} |\n`).join('')
  expect(guide).toContain(table)
  const help = readFileSync(new URL('commands/match.ts', import.meta.url), 'utf8')
  expect(help).toContain(`: ${ANSWERS.map(({ name }) => name).join(', ')}'`)
})

test('som watch says about a row what som match says, beside its own p', async () => {
  const values = Array.from({ length: 500 }, (_, i) => [Math.sin(i), i % 9 === 0 ? null : Math.cos(i * 1.7)])
  const csv = (rows: readonly (readonly (number | null)[])[]): string =>
    `a,b\n${rows.map((row) => row.map((x) => x ?? '').join(',')).join('\n')}\n`
  writeFileSync(at('normal.csv'), csv(values))
  writeFileSync(at('new.csv'), csv([...values.slice(0, 40), [null, null], [50, 3]]))
  await som('watch', at('normal.csv'), '-o', at('normal.som'), '--size', '4x5', '--epochs', '4', '--backend', 'js')
  await som('cluster', at('normal.som'), '-k', '3', '-o', at('normal.som'), '--names', 'x,"y ""z""",w')
  const { out, err } = await som('watch', at('normal.som'), at('new.csv'), '--backend', 'js')
  expect(err).toBe('')
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ event }) => event === undefined)
  await som('match', at('normal.som'), at('new.csv'), '-o', at('new.json'), '--backend', 'js')
  const matched: Answer[] = JSON.parse(readFileSync(at('new.json'), 'utf8'))
  expect(lines).toHaveLength(42)
  const names = ANSWERS.map(({ name }) => name).filter((name) => name !== 'p_value' && name !== 'second_unit')
  lines.forEach((line, i) => {
    expect(picked(line, names)).toEqual(picked(matched[i], names))
  })
  expect(lines[41].p).toBe(1 / Math.round(1 / lines[41].p))
})

function orFail<T>(found: Result<T, unknown>): T {
  return found.unwrapOrElse((wrong) => {
    throw new Error(JSON.stringify(wrong))
  })
}

const picked = (row: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)))

async function trained(
  rows: readonly Row[],
  clusters: string,
  { size, cell, metric, preprocessing }: { size: string; cell: string; metric: string; preprocessing: string },
): Promise<Som> {
  writeFileSync(at('rows.csv'), csvOf(rows))
  const how = ['--size', size, '--lattice', cell, '--metric', metric, '--preprocessing', preprocessing]
  const { code, err } = await som(
    'train',
    at('rows.csv'),
    '-o',
    at('map.som'),
    '--categories',
    'kind',
    ...how,
    '--epochs',
    '2',
    '--backend',
    'js',
  )
  if (code !== 0) throw new Error(err)
  const map = orFail(await readModel(at('map.som')))
  if (clusters === 'none') return map
  const found = orFail(clusterUnits(map, { count: 2 })).clusters
  const named = { ...map, clusters: clusters === 'named' ? { ...found, names: ['7', 'so, "called"'] } : found }
  orFail(await writeModel(at('map.som'), named))
  return named
}

/** What each door says about the rows. */
async function doors(map: Som, rows: readonly Row[]): Promise<Record<string, unknown[]>> {
  const settings = orThrow(settingsOf({ model: 'map.som' }, {}))
  const app = await createServer({ som: map, backend: js() }, settings)
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const post = async (path: string, type: string, body: string | Uint8Array): Promise<Response> => {
    const answer = await fetch(address + path, {
      method: 'POST',
      headers: { 'content-type': type },
      body: Buffer.from(body),
    })
    if (!answer.ok) throw new Error(await answer.text())
    return answer
  }
  const records = rows.map((row) => Object.fromEntries(row.map((cell, c) => [COLUMNS[c], cell])))
  const json = async (path: string, body: object) =>
    await (await post(path, 'application/json', JSON.stringify(body))).json()
  try {
    const stream = await post('/v1/match', 'application/vnd.apache.arrow.stream', arrowOf(rows))
    const lines = await post('/v1/match', 'application/x-ndjson', records.map((row) => JSON.stringify(row)).join('\n'))
    const inputs = COLUMNS.map((name, c) => ({ name, shape: [rows.length], data: rows.map((row) => row[c]) }))
    const { outputs } = await json('/v2/models/som/infer', { inputs })
    return {
      json: (await json('/v1/match', { dataframe_records: records })).predictions,
      mlflow: (await json('/invocations', { dataframe_split: { columns: COLUMNS, data: rows } })).predictions,
      csv: (await (await post('/v1/match', 'text/csv', csvOf(rows))).json()).predictions,
      ndjson: (await lines.text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
      arrow: arrow
        .tableFromIPC(await stream.arrayBuffer())
        .toArray()
        .map((row) => ({ ...row?.toJSON() })),
      v2: byColumns(new Map(outputs.map(({ name, data }: { name: string; data: unknown[] }) => [name, data]))),
      'match.csv': await matched('csv'),
      'match.tsv': await matched('tsv'),
      'match.json': await matched('json'),
      'match.ndjson': await matched('ndjson'),
      'match.parquet': await matched('parquet'),
      'match.arrow': await matched('arrow'),
      stdout: await matched(null),
    }
  } finally {
    await app.close()
  }
}

/** What `som match` adds to the table, in a file of this kind. */
async function matched(ending: string | null): Promise<unknown[]> {
  const path = at(`matched.${ending ?? 'csv'}`)
  const { code, out, err } = await som(
    'match',
    at('map.som'),
    at('rows.csv'),
    ...(ending ? ['-o', path] : []),
    '--prefix',
    'som_',
    '--backend',
    'js',
  )
  if (code !== 0) throw new Error(err)
  if (ending === null) writeFileSync(path, out)
  const table = orFail(await openTable(path))
  const names = table.columns.map(({ name }) => name.replace('som_', ''))
  const columns = new Map<string, (string | null)[]>(names.map((name) => [name, []]))
  for await (const { text } of table.chunks([], [...names.keys()]))
    text.forEach((cells, c) => void columns.get(names[c])?.push(...cells))
  table.close()
  for (const name of COLUMNS) columns.delete(name)
  return byColumns(
    new Map(
      [...columns].map(([name, cells]) => [
        name,
        cells.map((cell) => (name === 'cluster_name' ? cell : numberOf(cell))),
      ]),
    ),
  )
}

const numberOf = (cell: string | null): number | null => (cell === null ? null : Number(cell))

/** Columns as rows; what stands for a missing cell where a format has no null is null. */
function byColumns(columns: ReadonlyMap<string, readonly unknown[]>): object[] {
  const [first = []] = columns.values()
  const isNone = (cell: unknown): boolean => cell === -1 || cell === '' || Number.isNaN(cell)
  return Array.from(first, (_, i) =>
    Object.fromEntries([...columns].map(([name, cells]) => [name, isNone(cells[i]) ? null : cells[i]])),
  )
}

function encoded({ features }: Som, rows: readonly Row[]) {
  const cells = cellEncoder(features)
  const data = new Float64Array(rows.length * features.length)
  rows.forEach((row, i) => {
    const cellOf = (c: number): unknown => row[COLUMNS.indexOf(cells.columns[c])]
    cells.encode(cellOf, data, i * features.length, (column) => {
      throw new Error(column)
    })
  })
  return { features: features.map(({ name }) => name), rows: rows.length, data }
}

const csvOf = (rows: readonly Row[]): string =>
  `${COLUMNS.join(',')}\n${rows.map((row) => row.map((cell) => (typeof cell === 'string' ? JSON.stringify(cell).replaceAll('\\"', '""') : (cell ?? ''))).join(',')).join('\n')}\n`

function arrowOf(rows: readonly Row[]): Uint8Array {
  const column = (c: number, type: arrow.DataType) =>
    arrow.vectorFromArray(
      rows.map((row) => row[c]),
      type,
    )
  const [a, b, kind] = [column(0, new arrow.Float64()), column(1, new arrow.Float64()), column(2, new arrow.Utf8())]
  return arrow.tableToIPC(new arrow.Table({ a, b, kind }), 'stream')
}
