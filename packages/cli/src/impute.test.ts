import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { som } from '../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-impute-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)

/** Rows along a line: the width is five times the length, the kind is that of the place on it. */
const cells = (i: number): string[] => {
  const length = (i * 7) % 60
  return [(length / 10).toFixed(1), (length / 2).toFixed(1), length < 30 ? 'small' : '"lar, ge"', `note ${i}`]
}
const HEAD = 'length,width,kind,note'

beforeAll(async () => {
  const rows = Array.from({ length: 120 }, (_, i) => cells(i).join(','))
  writeFileSync(at('rows.csv'), `${HEAD}\n${rows.join('\n')}\n`)
  const options = ['--categories', 'kind', '--exclude', 'note', '--size', '2x20', '--backend', 'js']
  const { code, err } = await som('train', at('rows.csv'), '-o', at('map.som'), ...options)
  expect([code, err]).toEqual([0, ''])
  writeFileSync(at('holes.csv'), `${HEAD}\n1.0,,small,a\n,25.0,NA,b\n2.50,12.5,huge,"c, d"\n,,,e\n`)
})

const lines = (text: string): string[] => text.trim().split('\n')

test('fills in numbers and levels in their own columns, and leaves every other cell as it was', async () => {
  const { code, out, err } = await som('impute', at('map.som'), at('holes.csv'), '--mark', 'filled', '--backend', 'js')
  expect(code).toBe(0)
  const [head, first, second, third, last] = lines(out)
  expect(head).toBe(`${HEAD},filled`)
  const [, width] = first.split(',')
  expect(Number(width)).toBeCloseTo(5, 0)
  expect(first).toBe(`1.0,${width},small,a,width`)
  const [length] = second.split(',')
  expect(Number(length)).toBeCloseTo(5, 0)
  expect(second).toBe(`${length},25.0,"lar, ge",b,length; kind`)
  // Training had no such level: it counts as missing on the map, but it is not.
  expect(third).toBe('2.50,12.5,huge,"c, d",')
  expect(last).toBe(',,,e,')
  expect(err).toContain('length: 1 cell filled in\n')
  expect(err).toContain('1 row without a value in any feature')
})

test.each(['ndjson', 'parquet', 'tsv'])('writes .%s with the same cells, from any format', async (kind) => {
  const { out } = await som('impute', at('map.som'), at('holes.csv'), '--backend', 'js')
  const whole = at(`whole.${kind}`)
  await som('impute', at('map.som'), at('holes.csv'), '-o', whole, '--backend', 'js')
  const again = await som('impute', at('map.som'), whole, '--backend', 'js')
  const numbers = (text: string) => lines(text).map((line) => line.split(',').slice(0, 2).map(Number))
  expect(numbers(again.out)).toEqual(numbers(out))
  expect(lines(again.out)[2]).toContain('"lar, ge",b')
})

test('a table with decimal commas gets decimal commas', async () => {
  writeFileSync(at('commas.csv'), 'length;width;kind\n1,5;7,5;small\n1,25;;small\n')
  const { out } = await som('impute', at('map.som'), at('commas.csv'), '--backend', 'js')
  expect(lines(out)[2]).toMatch(/^"?1,25"?,"[5-7],\d+",small$/)
})

test('draws differ from each other, and the same seed gives the same', async () => {
  const draw = async (name: string, ...flags: string[]) => {
    const { code } = await som('impute', at('map.som'), at('holes.csv'), '-o', at(name), '--draws', '2', ...flags)
    expect(code).toBe(0)
  }
  await draw('drawn.csv')
  await draw('again.csv', '--backend', 'js')
  await draw('other.csv', '--seed', '1')
  const of = (name: string) => readFileSync(at(name), 'utf8')
  expect(of('drawn-1.csv')).not.toBe(of('drawn-2.csv'))
  expect(of('drawn-1.csv')).not.toBe(of('other-1.csv'))
  expect([of('drawn-1.csv'), of('drawn-2.csv')]).toEqual([of('again-1.csv'), of('again-2.csv')])
  expect(readdirSync(folder)).not.toContain('drawn.csv')
})

test.each([
  [['--draws', '2'], 2, '--draws: needs --output, to name the files'],
  [['--draws', '0', '-o', 'x.csv'], 2, '--draws: expected an integer from 1 to 1000, found 0'],
  [['--seed', '1'], 2, '--seed: needs --draws: expected values are not random'],
  [['--mark', 'note'], 1, '--mark: the table already has a column named "note"'],
])('refuses %j', async (flags, code, message) => {
  const found = await som('impute', at('map.som'), at('holes.csv'), ...flags)
  expect(found.code).toBe(code)
  expect(found.err).toContain(message)
})

test('refuses a table that lacks a feature of the map', async () => {
  writeFileSync(at('narrow.csv'), 'length\n1\n')
  const { code, err } = await som('impute', at('map.som'), at('narrow.csv'))
  expect(code).toBe(1)
  expect(err).toContain('width')
})
