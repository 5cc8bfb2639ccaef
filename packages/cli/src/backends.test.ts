import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Som } from '@som/core'
import { readModel } from '@som/io'
import { loadNative } from '@som/native'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { compiledSom } from '../../../tools/test/compiled.ts'
import { som, start } from '../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-backends-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())
const at = (name: string): string => join(folder, name)

/** 344 birds with four measures each, except for two that have none. */
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

const wasm = fileURLToPath(new URL('../../native/som-native.wasm', import.meta.url))
const noModule = existsSync(wasm) ? '' : ' (skipped: som-native.wasm is not built)'
const nowhere = at('nowhere.node')
const reason = `SOM_NATIVE_PATH: ${nowhere}: no such file`

test.skipIf(noModule !== '')(
  `where the addon is absent, WebAssembly runs, says why, and gives the same map${noModule}`,
  async () => {
    const js = await trained('js', gaps, RULES.batch)
    vi.stubEnv('SOM_NATIVE_PATH', nowhere)
    const outputs = await Promise.all(
      ['native', 'auto'].map(async (backend) => {
        const output = at(`wasm-${backend}.som`)
        return { output, ...(await start(['train', gaps, '-o', output, '--backend', backend, '--seed', '7']).ended) }
      }),
    )
    for (const { output, code, out, err } of outputs) {
      expect([code, err]).toEqual([0, ''])
      expect(out).toContain(`wasm (not native: ${reason})`)
      expect((await readModel(output)).unwrapOr(null)?.codebook).toEqual(js.map.codebook)
    }
  },
)

test('where WebAssembly is switched off too, native says why and leaves no map, and auto takes js and says so', async () => {
  const main = await compiledSom()
  const train = (backend: string) =>
    spawnSync(
      process.execPath,
      ['--jitless', main, 'train', birds, '-o', at(`absent-${backend}.som`), '--backend', backend],
      { encoding: 'utf8', env: { ...process.env, SOM_NATIVE_PATH: nowhere } },
    )
  const [refused, taken] = [train('native'), train('auto')]
  expect(saidOf(refused)).toBe(`error: --backend: native: ${reason}; try --backend js`)
  expect([refused.status, refused.stdout]).toEqual([1, ''])
  expect([taken.status, saidOf(taken)]).toEqual([0, ''])
  expect(taken.stdout).toContain(`js (not native: ${reason})`)
  expect(readdirSync(folder).filter((name) => name.startsWith('absent-'))).toEqual(['absent-auto.som'])
})

/** What a process wrote to stderr, without Node's own warning about its flags. */
const saidOf = ({ stderr }: { stderr: string }): string => stderr.replace(/^Warning: .+\n/, '').trim()

interface Trained {
  /** The map as its file holds it, except for the backend's name. */
  readonly map: Som
  /** What the command told of it, except for what names the backend, the file and the time. */
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
