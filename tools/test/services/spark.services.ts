import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstOf, js, match, planStored, type Som, trainEpochs } from '../../../packages/core/src/index.ts'
import {
  encodeModel,
  openSpool,
  openTable,
  readSamples,
  samplePartsOf,
  selectColumns,
} from '../../../packages/io/src/index.ts'
import { native } from '../../../packages/native/src/index.ts'
import { compiledSom } from '../compiled.ts'
import { runPythonIn } from './python.ts'

/** So many features that a chunk has 16,384 rows: these are three. */
const [ROWS, FEATURES] = [33_000, 64]
const OPTIONS = { epochs: 2, lattice: { rows: 5, columns: 6 }, seed: 7 }

const folder = mkdtempSync(join(tmpdir(), 'som-spark-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)
const backend = firstOf(native(), js())

interface Found {
  readonly epochs: Readonly<Record<string, readonly { readonly quantizationError: number }[]>>
  readonly partitions: Readonly<Record<string, number>>
  readonly columns: readonly (readonly [string, string])[]
  readonly units: readonly number[]
  readonly chunks: readonly string[]
  readonly guide: { readonly blocks: number; readonly matched: number }
  readonly refused: Readonly<Record<'options' | 'columns' | 'command' | 'match' | 'taken', string>>
}

let found: Found
/** What `som train --memory` makes of the same rows. */
let one: Som

beforeAll(async () => {
  runPythonIn('spark', 'draw-rows.py', at('rows.parquet'), String(ROWS), String(FEATURES))
  one = await trainedFromDisk()
  const command = `${process.execPath} ${await compiledSom()}`
  // Each tenth process of this command is killed before it answers.
  writeFileSync(
    at('flaky.sh'),
    `echo >> ${at('started')}\n[ $(($(wc -l < ${at('started')}) % 10)) -eq 0 ] && kill -9 $$\nexec ${command} "$@"\n`,
  )
  const flaky = `sh ${at('flaky.sh')}`
  const guide = fileURLToPath(new URL('../../../docs/guide/spark.md', import.meta.url))
  const options = JSON.stringify(OPTIONS)
  found = JSON.parse(runPythonIn('spark', 'train-on-spark.py', folder, command, flaky, options, guide))
})

async function trainedFromDisk(): Promise<Som> {
  const table = (await openTable(at('rows.parquet'))).unwrapOrElse(fail)
  const samples = (await samplePartsOf(table, selectColumns(table, {}).unwrapOrElse(fail))).unwrapOrElse(fail)
  const planned = await planStored({ ...OPTIONS, samples }, async (_, columns, chunkRows) => {
    const spool = await openSpool(columns, chunkRows)
    spools.push(spool)
    return spool
  })
  const epochs = trainEpochs(planned.unwrapOrElse(fail), { backend })
  for (;;) {
    const next = await epochs.next()
    if (next.done) return next.value
  }
}
const spools: { close(): void }[] = []
afterAll(() => {
  for (const spool of spools) spool.close()
})

function fail(issues: unknown): never {
  throw new Error(JSON.stringify(issues))
}

describe('on a real Spark', () => {
  test('the map file is that of one process, byte for byte, whatever the partitions, and whoever is killed', () => {
    const bytes = Buffer.concat(encodeModel(one).unwrapOrElse(fail))
    expect(found.partitions).toEqual({ 1: 1, 3: 3, 7: 7 })
    for (const name of ['1', '3', '7']) {
      expect(found.epochs[name].map(({ quantizationError }) => quantizationError)).toEqual(
        one.training.history.map(({ quantizationError }) => quantizationError),
      )
      expect(readFileSync(at(`spark-${name}.som`)).equals(bytes)).toBe(true)
    }
    // Several workers of the last run were killed.
    expect(readFileSync(at('started'), 'utf8').length).toBeGreaterThan(20)
  })

  test('nothing is left behind: neither checkpoints nor chunks', () => {
    expect(existsSync(at('left'))).toBe(false)
    expect(found.chunks).toEqual([])
  })

  test('rows are matched as here, in their order, beside their own columns', async () => {
    const table = (await openTable(at('rows.parquet'))).unwrapOrElse(fail)
    const samples = (await readSamples(table, selectColumns(table, {}).unwrapOrElse(fail))).unwrapOrElse(fail)
    const { unit } = (await match(one, samples, { backend })).unwrapOrElse(fail)
    expect(found.units).toEqual([...unit])
    expect(found.columns).toEqual([
      ['f63', 'double'],
      ['som_unit', 'int'],
      ['som_unit_row', 'int'],
      ['som_unit_column', 'int'],
      ['som_distance', 'double'],
      ['som_second_unit', 'int'],
      ['som_p_value', 'double'],
    ])
  })

  test('the programs of the guide run as they stand', () => {
    expect(found.guide).toEqual({ blocks: 2, matched: 1000 })
    expect(existsSync(at('guide/map.som'))).toBe(true)
  })

  test('the driver hears in a sentence what is wrong', () => {
    expect(found.refused.options).toMatch(/^ValueError: epoch: no such option; did you mean epochs\?\nrule: expected/)
    expect(found.refused.columns).toMatch(/^PythonException: rows\[0\]\.word: expected a number or null, found "x"/)
    expect(found.refused.command).toMatch(/^WorkerError: cannot start no-such-command: .*install Node/)
    expect(found.refused.match).toBe('WorkerError: schema: expected the feature "f3", found none')
    expect(found.refused.taken).toMatch(/^(ValueError: unit|WorkerError)/)
  })
})
