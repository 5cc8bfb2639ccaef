import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { som } from '../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-exchange-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)

beforeAll(async () => {
  const rows = Array.from({ length: 50 }, (_, i) => `${Math.sin(i)},${50 + 9 * Math.cos(i * 1.7)}`)
  writeFileSync(at('rows.csv'), `length,width\n${rows.join('\n')}\n`)
  const options = ['--size', '4x5', '--lattice', 'hexagonal', '--preprocessing', 'none', '--backend', 'js']
  await som('train', at('rows.csv'), '-o', at('map.som'), ...options)
})

/** The unit and distance of each row on a map. */
async function matched(map: string): Promise<string[]> {
  const { out } = await som('match', at(map), at('rows.csv'), '--backend', 'js')
  return out
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(2, 6).join(','))
}

describe('a map goes out and comes back', () => {
  test('by SOM_PAK with cells and names', async () => {
    expect((await som('export', at('map.som'), '-o', at('map.cod'))).code).toBe(0)
    expect(readFileSync(at('map.cod'), 'utf8')).toMatch(/^2 hexa 5 4 gaussian\n#n length width\n/)
    expect((await som('import', at('map.cod'), '-o', at('back.som'))).code).toBe(0)
    expect(await matched('back.som')).toEqual(await matched('map.som'))
  })

  test('by ESOM, with cells and names given', async () => {
    await som('export', at('map.som'), '-o', at('map.wts'))
    await som('import', at('map.wts'), '-o', at('esom.som'), '--lattice', 'hexagonal', '--names', 'length,width')
    expect(await matched('esom.som')).toEqual(await matched('map.som'))
  })
})

test.each(['onnx', 'umx', 'npy', 'csv'])('a map is written as .%s', async (kind) => {
  const { code, out } = await som('export', at('map.som'), '-o', at(`map.${kind}`))
  expect([code, out]).toEqual([0, `written to  ${at(`map.${kind}`)}\n`])
  expect(readFileSync(at(`map.${kind}`)).length).toBeGreaterThan(40)
})

test("kohonen's codes need the grid", async () => {
  writeFileSync(at('codes.csv'), '"","length","width"\n"V1",1,2.5\n"V2",3,4\n')
  const { code, err } = await som('import', at('codes.csv'))
  expect([code, err]).toEqual([2, "error: --size: is required: kohonen's file does not say how large the grid is\n"])
  const read = await som('import', at('codes.csv'), '--size', '1x2', '-o', at('codes.som'), '--json')
  expect(JSON.parse(read.out)).toMatchObject({ features: ['length', 'width'] })
})

test('what cannot be is reported, and nothing is left', async () => {
  const unknown = await som('export', at('map.som'), '-o', at('map.pickle'))
  expect(unknown.code).toBe(2)
  expect(unknown.err).toContain('.onnx, .cod, .wts, .umx, .npy, .csv')
  writeFileSync(at('broken.cod'), '3 hexa 2 2 gaussian\n1 2 3\n')
  const broken = await som('import', at('broken.cod'), '-o', at('broken.som'))
  expect([broken.code, broken.err]).toEqual([1, `error: ${at('broken.cod')}: expected 2 x 2 prototypes, found 1\n`])
  expect(existsSync(at('broken.som'))).toBe(false)
})
