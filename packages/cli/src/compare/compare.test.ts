import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { som } from '../../test/harness.ts'
import { mappedRows } from '../../test/mapped-rows.ts'

const at = mappedRows()
const penguins = readFileSync(new URL('../../../../examples/penguins/penguins.csv', import.meta.url), 'utf8')

beforeAll(async () => {
  const [header, ...lines] = penguins.trim().split('\n')
  const some = (keep: (line: string, i: number) => boolean): string => `${[header, ...lines.filter(keep)].join('\n')}\n`
  writeFileSync(at('penguins.csv'), penguins)
  // They come in pairs of a female and a male.
  writeFileSync(
    at('even.csv'),
    some((_, i) => i % 4 < 2),
  )
  writeFileSync(
    at('odd.csv'),
    some((_, i) => i % 4 > 1),
  )
  writeFileSync(
    at('gentoo.csv'),
    some((line) => line.includes('Gentoo')),
  )
  for (const [name, seed] of [['a', '1'], ['b', '2']]) // biome-ignore format: a table
    await som(
      'train',
      at('penguins.csv'),
      '-o',
      at(`${name}.som`),
      '--seed',
      seed,
      '--initial',
      'random',
      '--size',
      '8x6',
    )
})

describe('two maps', () => {
  test('of one table, of two seeds, are aligned, and each row has what it kept', async () => {
    const { code, out } = await som('compare', at('a.som'), at('b.som'), at('penguins.csv'), '-o', at('rows.csv'))
    expect(code).toBe(0)
    expect(out).toMatch(/^second map +(as it is|mirrored|rotated)/)
    expect(out).toMatch(/^neighbours kept +\d+\.\d % on average$/m)
    const [header, ...lines] = readFileSync(at('rows.csv'), 'utf8').trim().split('\n')
    expect(header).toBe('row,unit,other_unit,moved,kept')
    expect(lines).toHaveLength(penguins.trim().split('\n').length - 1)
    const kept = lines
      .map((line) => line.split(',')[4])
      .filter((cell) => cell !== '')
      .map(Number)
    const mean = kept.reduce((sum, x) => sum + x, 0) / kept.length
    const json = JSON.parse((await som('compare', at('a.som'), at('b.som'), at('penguins.csv'), '--json')).out)
    expect(json.meanKept).toBeCloseTo(mean, 12)
    expect(json.mostChanged[0].kept).toBe(Math.min(...kept))
  })

  test('may have any name: what a file holds decides', async () => {
    copyFileSync(at('b.som'), at('second.bin'))
    const words = (second: string): string[] => ['compare', at('a.som'), at(second), at('penguins.csv')]
    const { out } = await som(...words('b.som'))
    expect((await som(...words('second.bin'))).out).toBe(out.replaceAll('b.som', 'second.bin'))
  })

  test('of other columns are refused', async () => {
    const { code, err } = await som('compare', at('a.som'), at('map.som'), at('penguins.csv'))
    expect(code).toBe(1)
    expect(err).toContain(`error: ${at('map.som')}: expected two maps of the same features: only the first has`)
  })
})

describe('two tables on one map', () => {
  test('that differ by chance, and that do not, with a picture', async () => {
    const p = (out: string): number => Number(/^on other units .* p = ([\d.]+)$/m.exec(out)?.[1])
    const alike = await som('compare', at('a.som'), at('even.csv'), at('odd.csv'))
    expect(p(alike.out)).toBeGreaterThan(0.05)
    const other = await som('compare', at('a.som'), at('even.csv'), at('gentoo.csv'), '--picture', at('drift.svg'))
    expect(p(other.out)).toBe(0.001)
    expect(readFileSync(at('drift.svg'), 'utf8')).toContain('share of the rows after')
    const json = JSON.parse((await som('compare', at('a.som'), at('even.csv'), at('gentoo.csv'), '--json')).out)
    expect(json.movedP).toBe(0.001)
  })
})

test('flags that are for the other kind of comparison are refused', async () => {
  const rows = await som('compare', at('a.som'), at('even.csv'), at('odd.csv'), '-o', at('x.csv'))
  expect([rows.code, rows.err]).toEqual([2, 'error: --output: is for two maps\n'])
  const picture = await som('compare', at('a.som'), at('b.som'), at('odd.csv'), '--picture', at('x.svg'))
  expect([picture.code, picture.err]).toEqual([2, 'error: --picture: is for two tables\n'])
})
