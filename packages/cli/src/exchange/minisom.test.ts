import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { som } from '../../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-minisom-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)
const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name)

/** The names of the columns of iris.csv, in order, less the answer. */
const names = readFileSync(fixture('iris.csv'), 'utf8').split('\n')[0].split(',').slice(0, 4).join(',')

// The errors are MiniSom's own, from its own coordinates.
it.each([
  ['minisom-hex-8x6', 0.0533],
  ['minisom-hex-7x5', 0.0667],
])('%s has the topographic error that MiniSom finds, and goes out as it came in', async (name, error) => {
  const flags = ['--lattice', 'hexagonal', '--names', names]
  await som('import', fixture(`${name}.npy`), '-o', at(`${name}.som`), ...flags)
  const { out } = await som('quality', at(`${name}.som`), fixture('iris.csv'), '--json', '--backend', 'js')
  const found = JSON.parse(out)
  const { value } = found.measures.find((measure: { name: string }) => measure.name === 'topographicError')
  expect(value).toBeCloseTo(error, 4)
  expect(out).not.toContain('not finished')
  expect((await som('inspect', at(`${name}.som`))).out).toContain('trained by another program')
  await som('export', at(`${name}.som`), '-o', at(`${name}.npy`))
  await som('import', at(`${name}.npy`), '-o', at(`${name}-again.som`), ...flags)
  const match = async (map: string): Promise<string> => (await som('match', at(map), fixture('iris.csv'))).out
  expect(await match(`${name}-again.som`)).toBe(await match(`${name}.som`))
})
