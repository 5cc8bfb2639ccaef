import type { Trial } from '@som/core'
import { expect, test } from 'vitest'
import { som } from '../../test/harness.ts'
import { mappedRows } from '../../test/mapped-rows.ts'

const at = mappedRows()

test('shows what it tried, and the command that trains the best, which runs', async () => {
  const { code, out } = await som(
    'tune',
    at('rows.csv'),
    '--budget',
    '0.3',
    '--lattice',
    'hexagonal',
    '--label',
    'kind',
  )
  expect(code).toBe(0)
  expect(out).toMatch(/^ *size +epochs +radius +label error +standard error +combined error/)
  const [, command] = /^ {2}(som train .*)$/m.exec(out) ?? []
  expect(command).toContain('--lattice hexagonal')
  const trained = await som(...command.split(' ').slice(1), '-o', at('tuned.som'))
  expect(trained.err).toBe('')
  expect(trained.code).toBe(0)
})

test('ranks by predictions where there are targets, and the command fits them', async () => {
  const { code, out } = await som('tune', at('rows.csv'), '--target', 'kind', '--trials', '2', '--backend', 'js')
  expect(code).toBe(0)
  expect(out).toMatch(/^ *size +epochs +radius +prediction error +standard error +combined error/)
  const [, command] = /^ {2}(som train .*)$/m.exec(out) ?? []
  const trained = await som(...command.split(' ').slice(1), '-o', at('tuned.som'))
  expect([trained.code, trained.out]).toEqual([0, expect.stringMatching(/^predicts +kind: \d classes/m)])
})

test('sorts what it shows, and marks the smallest map within one standard error of the least', async () => {
  const args = ['tune', at('rows.csv'), '--trials', '6', '--repeats', '3', '--backend', 'js']
  const { out } = await som(...args)
  const [header, ...rest] = out.split('\n')
  expect(header).toMatch(/combined error +standard error +quantization error/)
  const lines = rest.slice(0, 6).map((line) => line.replace('* ', '').trim().split(/ +/))
  const errors = lines.map((cells) => Number(cells[3]))
  expect(errors).toEqual(errors.toSorted((a, b) => a - b))
  const units = lines.map(([size]) => size.split('x').reduce((product, side) => product * Number(side), 1))
  const near = units.filter((_, i) => errors[i] <= errors[0] + Number(lines[0][4]))
  const marked = rest.findIndex((line) => line.trim().startsWith('*'))
  expect(units[marked]).toBe(Math.min(...near))
  expect(out).toContain('6 trials, each measured 3 times on 15 rows held out.\n* ')
  const { trials, best } = JSON.parse((await som(...args, '--json')).out)
  expect(trials.map(({ error }: Trial) => Number(error.toPrecision(5)))).toEqual(errors)
  expect(best.standardError).toBeGreaterThan(0)
})

test('refuses what cannot be', async () => {
  const { code, err } = await som('tune', at('rows.csv'), '--held-out', '2')
  expect(code).toBe(1)
  expect(err).toContain('error: --held-out: expected a share between 0 and 1, found 2\n')
})
