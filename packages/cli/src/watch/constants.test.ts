import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { som } from '../../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-constants-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)
const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name)
const linesOf = (text: string): Record<string, unknown>[] =>
  text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))

it('a constant column that changes is reported in its rows and as an event, in CSV and in NDJSON', async () => {
  const learnt = await som('watch', fixture('norm.csv'), '-o', at('n.som'), '--backend', 'js')
  expect(learnt.out).toContain('const: the same in every row; compared, and reported when it changes')
  const csv = linesOf((await som('watch', at('n.som'), fixture('cst.csv'), '--backend', 'js')).out)
  const event = { event: 'constant', state: 'changed', column: 'const', value: 999, usual: 7 }
  expect(csv.filter((line) => line.event === 'constant')).toEqual([{ line: 2, ...event }])
  const rows = csv.filter((line) => line.event === undefined)
  expect(rows).toHaveLength(120)
  for (const row of rows) {
    expect(row.changed).toEqual({ const: { value: 999, usual: 7 } })
    expect(row.level).toBe('alarm')
  }
  const json = linesOf((await som('watch', at('n.som'), fixture('cst.ndjson'), '--backend', 'js')).out)
  expect(json.filter((line) => line.event === 'constant')).toEqual([{ line: 2, ...event }])
  expect(json.filter((line) => line.event === undefined).map(({ level }) => level)).toEqual([
    'normal',
    'alarm',
    'normal',
  ])
  expect(json.filter((line) => line.event === undefined).map(({ changed }) => changed)).toEqual([
    undefined,
    { const: { value: 999, usual: 7 } },
    undefined,
  ])
})

it('a constant column that is back is reported, and a run that continues does not report a change again', async () => {
  const rows = Array.from({ length: 500 }, (_, i) => `${Math.sin(i)},0`)
  writeFileSync(at('two.csv'), `a,b\n${rows.join('\n')}\n`)
  await som('watch', at('two.csv'), '-o', at('two.som'), '--backend', 'js')
  const watch = ['watch', at('two.som'), at('new.csv'), '-o', at('new.ndjson'), '--backend', 'js']
  writeFileSync(at('new.csv'), 'a,b\n0.5,0\n0.5,7\n')
  await som(...watch)
  writeFileSync(at('new.csv'), 'a,b\n0.5,0\n0.5,7\n0.4,7\n0.4,0\n')
  const { out } = await som(...watch)
  expect(out).toContain('1 time changed from the value in training')
})

it('a constant of 0 is compared too', async () => {
  await som('watch', fixture('two.csv'), '-o', at('zero.som'), '--backend', 'js')
  writeFileSync(at('seven.ndjson'), '{"a":0.5,"b":7}\n{"a":0.5,"b":0}\n')
  const { out } = await som('watch', at('zero.som'), at('seven.ndjson'), '--alpha', '0.05', '--backend', 'js')
  const told = linesOf(out)
  expect(told.flatMap(({ event, state }) => (event === 'constant' ? [state] : []))).toEqual(['changed', 'back'])
  expect(told[1].changed).toEqual({ b: { value: 7, usual: 0 } })
})
