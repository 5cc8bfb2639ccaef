import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Som } from '@som/core'
import { readModel } from '@som/io'
import { loadNative } from '@som/native'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { som, start } from '../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-backends-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())
const at = (name: string): string => join(folder, name)

/** 344 birds with four measures each, but for two that have none. */
const birds = fileURLToPath(new URL('../../../examples/penguins/penguins.csv', import.meta.url))
/** The same birds, of whom every third lacks a measure. */
const gaps = at('gaps.csv')
writeFileSync(gaps, readFileSync(birds, 'utf8').trimEnd().split('\n').map(withGap).join('\n'))

function withGap(line: string, row: number): string {
  const cells = line.split(',')
  if (row > 0 && row % 3 === 0) cells[2 + ((row / 3) % 4)] = ''
  return cells.join(',')
}

const RULES: Record<string, string[]> = {
  batch: ['--rule', 'batch'],
  online: ['--rule', 'online', '--initial', 'random'],
  'mini-batch': ['--rule', 'mini-batch', '--lattice', 'hexagonal', '--shape', 'toroid', '--size', '8x10'],
}
const TABLES: Record<string, string> = { 'whole rows': birds, 'rows with missing values': gaps }

/** docs/design/arithmetic.md defines every bit, so maps of two backends are compared without a tolerance. */
const absent = loadNative().match({ Ok: () => '', Err: (reason) => ` (skipped: ${reason})` })
describe.skipIf(absent !== '')(`som train --backend native and --backend js${absent}`, () => {
  for (const [rule, flags] of Object.entries(RULES)) {
    for (const [kind, table] of Object.entries(TABLES)) {
      test(`give maps that agree to the bit: ${rule}, ${kind}`, async () => {
        const [here, there] = [await trained('js', table, flags), await trained('native', table, flags)]
        expect(there.map.codebook).toEqual(here.map.codebook)
        expect(there.told).toEqual(here.told)
        expect(there.map).toEqual(here.map)
        expect(there.units).toBe(here.units)
        // Maps of nothing would agree as well.
        expect(here.told.quantizationError).toBeGreaterThan(0)
        expect(new Set(here.map.codebook.data).size).toBeGreaterThan(200)
      })
    }
  }
})

test('where the addon is absent, native says why and leaves no map, and auto takes js and says so', async () => {
  vi.stubEnv('SOM_NATIVE_PATH', at('nowhere.node'))
  const train = (backend: string) =>
    start(['train', birds, '-o', at(`absent-${backend}.som`), '--backend', backend]).ended
  const [refused, taken] = await Promise.all([train('native'), train('auto')])
  const reason = `SOM_NATIVE_PATH: ${at('nowhere.node')}: expected the addon, found no file`
  expect(refused).toEqual({ code: 1, out: '', err: `error: --backend: native: ${reason}; try --backend js\n` })
  expect([taken.code, taken.err]).toEqual([0, ''])
  expect(taken.out).toContain(`js (not native: ${reason})`)
  expect(readdirSync(folder).filter((name) => name.startsWith('absent-'))).toEqual(['absent-auto.som'])
})

interface Trained {
  /** The map as its file holds it, but for the backend's name. */
  readonly map: Som
  /** What the command told of it, but for what names the backend, the file and the time. */
  readonly told: { readonly quantizationError: number }
  /** The best-matching units of the table's rows on that map, by that backend, as a table. */
  readonly units: string
}

async function trained(backend: string, table: string, flags: readonly string[]): Promise<Trained> {
  const output = at(`${backend}.som`)
  const run = await som('train', table, '-o', output, '--backend', backend, '--seed', '7', '--json', ...flags)
  expect([run.code, run.err]).toEqual([0, ''])
  const matched = await som('match', output, table, '--backend', backend)
  expect(matched.code).toBe(0)
  const { backend: ranOn, output: _, seconds: __, ...told } = JSON.parse(run.out)
  const map = (await readModel(output)).unwrapOrElse((problem) => {
    throw new Error(problem.issues.map(({ message }) => message).join())
  })
  expect([ranOn, map.training.backend]).toEqual([backend, backend])
  return { map: { ...map, training: { ...map.training, backend: '' } }, told, units: matched.out }
}
