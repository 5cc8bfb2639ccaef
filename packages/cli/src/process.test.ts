import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, test, vi } from 'vitest'
import { som, start } from '../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-process-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)

const cell = (i: number, f: number): string =>
  ((i + 1) * (f + 3) * 7919) % 1000 === 0 ? '' : String(((i * (f + 3) * 7919) % 997) / 10)
const rows = Array.from({ length: 300 }, (_, i) => [0, 1, 2].map((f) => cell(i, f)).join(','))
// A row without any value and a constant column are in the run's record, and must be in the resumed one's.
writeFileSync(at('table.csv'), `${['a,b,c,constant', ...rows.map((row) => `${row},1`), ',,,1'].join('\n')}\n`)

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await setTimeout(5)
}

/** Long enough on the slower backend to be interrupted after its first epochs, whatever the machine. */
const long = ['--size', '30x30', '--epochs', '200', '--backend', 'js']

test('Ctrl-C leaves a checkpoint and the command that continues, which ends with the bytes of an unbroken run', async () => {
  const args = ['train', at('table.csv'), '--rule', 'online', ...long]
  const broken = start([...args, '-o', at('broken.som'), '--checkpoint-every', '60'])
  await until(() => existsSync(at('broken.som.checkpoint')))
  broken.interrupt()
  const { code, out, err } = await broken.ended
  expect(code).toBe(130)
  expect(out).toBe('')
  expect(existsSync(at('broken.som'))).toBe(false)
  const goOn = `som train ${at('table.csv')} -o ${at('broken.som')} --resume ${at('broken.som.checkpoint')} --backend js --checkpoint-every 60`
  expect(err).toContain(goOn)
  const state = await som('inspect', at('broken.som.checkpoint'))
  expect(state.out).toMatch(/epochs +\d+ of 200: unfinished/)

  const [resumed, whole] = [await som(...goOn.split(' ').slice(1)), await som(...args, '-o', at('whole.som'))]
  expect([resumed.code, whole.code]).toEqual([0, 0])
  expect(readFileSync(at('broken.som')).equals(readFileSync(at('whole.som')))).toBe(true)
  expect(readdirSync(folder).sort()).toEqual(['broken.som', 'table.csv', 'whole.som'])
})

test('a second Ctrl-C ends at once, and nothing half-written is left', async () => {
  const run = start([
    'train',
    at('table.csv'),
    '-o',
    at('second.som'),
    '--rule',
    'online',
    '--size',
    '200x200',
    '--epochs',
    '5000',
    '--checkpoint-every',
    '1',
  ])
  await until(() => existsSync(at('second.som.checkpoint')))
  run.interrupt()
  run.interrupt()
  await setTimeout(20)
  run.interrupt()
  // A signal that meets a process that is already ending ends it as a signal: a shell shows 130 for both.
  expect([130, 'SIGINT']).toContain((await run.ended).code)
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

/** Commands that read a table, by what stands before its name and after it. */
const readers: readonly (readonly [before: readonly string[], after: readonly string[]])[] = [
  [['segment'], []],
  [['inspect'], []],
  [['tune'], []],
  [['watch'], ['-o', at('watch.som')]],
  ...['cluster', 'quality', 'report', 'match', 'impute', 'embed'].map((name) => [[name, at('map.som')], []] as const),
  [['plot', 'p-matrix', at('map.som')], []],
]

test('an interrupted download leaves nothing behind, whatever the command', async () => {
  expect((await som('train', at('table.csv'), '-o', at('map.som'), '--epochs', '1')).code).toBe(0)
  const server = createServer((_, answer) => void answer.write('a,b,c\n1,2,3\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rows.csv`
  const temporary = at('temporary')
  mkdirSync(temporary)
  for (const [before, after] of readers) {
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, temporary)
    const run = start([...before, address, ...after])
    vi.unstubAllEnvs()
    await until(() => readdirSync(temporary).some((name) => existsSync(join(temporary, name, 'table.csv'))))
    run.interrupt()
    expect([before[0], (await run.ended).code, readdirSync(temporary)]).toEqual([before[0], 130, []])
  }
  server.closeAllConnections()
  server.close()
})

test('where stderr is not a terminal nothing is written but results, and a table may come from standard input', async () => {
  const run = start(['train', '-', '-o', at('piped.som'), '--json'], readFileSync(at('table.csv'), 'utf8'))
  const { code, out, err } = await run.ended
  expect(err).toBe('')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ table: 'standard input', emptyRows: 1 })
})

test('an error is one line on stderr and exit code 1 or 2', async () => {
  const [absent, wrong] = await Promise.all([start(['train', 'absent.csv']).ended, start(['train', '--nothing']).ended])
  expect(absent).toEqual({
    code: 1,
    out: '',
    err: 'error: absent.csv: no such file; check the path\n',
  })
  expect(wrong).toEqual({ code: 2, out: '', err: 'error: --nothing: no such option; see --help\n' })
})
