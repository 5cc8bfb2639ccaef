import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { random } from '@som/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { som, start } from '../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-watch-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)

const draw = random(8, 'rows')
const reading = (): [number, number] => {
  const x = draw() + draw() + draw()
  return [x, 3 * x + draw()]
}
const csv = (rows: readonly (readonly number[])[]): string =>
  `t,a,b\n${rows.map((row, i) => [i, ...row].join(',')).join('\n')}\n`
const ndjson = (rows: readonly (readonly number[])[], from = 0): string =>
  rows.map(([a, b], i) => `${JSON.stringify({ t: from + i, a, b })}\n`).join('')
const readings = (n: number): [number, number][] => Array.from({ length: n }, reading)
const linesOf = (text: string): Record<string, unknown>[] =>
  text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))

const learn = (...flags: string[]): string[] => ['--size', '4x5', '--epochs', '5', '--backend', 'js', ...flags]
const judge = ['--backend', 'js']

beforeAll(async () => {
  writeFileSync(at('normal.csv'), csv(readings(800)))
  const learnt = await som(
    'watch',
    at('normal.csv'),
    '--time',
    't',
    '-o',
    at('normal.som'),
    ...learn('--difference', 'a=1'),
  )
  expect([learnt.code, learnt.err]).toEqual([0, ''])
  expect(learnt.out).toMatch(/rows +800, of which \d+ calibrate\n/)
  expect(learnt.out).toContain('features     3: a, b, a difference 1\n')
})

describe('som watch', () => {
  test('says about each row its p-value and level, and why where it stands out', async () => {
    writeFileSync(at('new.ndjson'), ndjson([...readings(20), [1, 99], ...readings(5)]))
    const { code, out, err } = await som('watch', at('normal.som'), at('new.ndjson'), ...judge)
    expect([code, err]).toEqual([0, ''])
    const lines = linesOf(out)
    expect(lines.map(({ line }) => line)).toEqual(Array.from({ length: 26 }, (_, i) => i + 1))
    expect(lines[20]).toMatchObject({ line: 21, time: 20, level: 'alarm' })
    expect(lines[20].causes).toMatchObject([{ feature: 'b', value: 99 }])
    expect(lines[0].causes).toBeUndefined()
  })

  test('continues after broken lines, reports them, and says when the clock went back', async () => {
    const good = ndjson(readings(6)).split('\n')
    const text = [...good.slice(0, 2), '{"a":', good[2], '{"t":0,"a":1,"b":4}', '', good[3], '{"t":9,"a":"x"}'].join(
      '\n',
    )
    writeFileSync(at('broken.ndjson'), text)
    const { code, out, err } = await som(
      'watch',
      at('normal.som'),
      at('broken.ndjson'),
      '-o',
      at('broken.out'),
      ...judge,
    )
    expect(code).toBe(0)
    expect(err).toContain('note: line 3: expected a JSON object, found {"a":\n')
    expect(out).toMatch(/broken +2 lines that could not be read\n/)
    const lines = linesOf(readFileSync(at('broken.out'), 'utf8'))
    expect(lines.map(({ line, event }) => event ?? line)).toEqual([1, 2, 'broken', 4, 'clock', 5, 7, 'broken'])
    expect(lines[4]).toEqual({ line: 5, event: 'clock', from: 2, to: 0 })
  })

  test('ends at the first broken line where it should be strict, and continues there once it is fixed', async () => {
    const rows = ndjson(readings(6)).split('\n')
    writeFileSync(at('strict.ndjson'), [...rows.slice(0, 3), '{"a":', ...rows.slice(3)].join('\n'))
    const args = ['watch', at('normal.som'), at('strict.ndjson'), '-o', at('strict.out'), '--strict', ...judge]
    const { code, err } = await som(...args)
    expect([code, err]).toEqual([1, `error: ${at('strict.ndjson')} line 4: expected a JSON object, found {"a":\n`])
    writeFileSync(at('strict.ndjson'), rows.join('\n'))
    const again = await som(...args)
    expect([again.code, again.err]).toEqual([0, `note: ${at('strict.out')} continues after line 3\n`])
    expect(linesOf(readFileSync(at('strict.out'), 'utf8')).map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('skips a sensor that gives nothing, and says that it died', async () => {
    const rows = readings(120).map(([a, b], i) => JSON.stringify(i < 20 ? { a, b } : { a, b: null }))
    writeFileSync(at('dead.ndjson'), `${rows.join('\n')}\n`)
    const lines = linesOf((await som('watch', at('normal.som'), at('dead.ndjson'), ...judge)).out)
    expect(lines.find(({ event }) => event === 'sensor')).toEqual({
      line: 70,
      event: 'sensor',
      column: 'b',
      state: 'silent',
      rows: 50,
    })
    expect(lines.filter(({ p }) => typeof p === 'number')).toHaveLength(120)
  })

  test('judges CSV as it judges NDJSON', async () => {
    const rows = readings(50)
    writeFileSync(at('same.csv'), csv(rows))
    writeFileSync(at('same.ndjson'), ndjson(rows))
    const of = async (file: string): Promise<unknown[]> =>
      linesOf((await som('watch', at('normal.som'), at(file), ...judge)).out).map(({ p, unit }) => [p, unit])
    expect(await of('same.csv')).toEqual(await of('same.ndjson'))
  })

  test('makes a map of som train ready by rows that it has not seen', async () => {
    await som('train', at('normal.csv'), '--columns', 'a,b', '-o', at('plain.som'), '--size', '4x4', '--backend', 'js')
    writeFileSync(at('held-out.csv'), csv(readings(300)))
    const early = await som('watch', at('plain.som'), at('held-out.csv'), ...judge)
    expect([early.code, early.err]).toEqual([1, expect.stringContaining('--calibrate -o normal.som')])
    const made = await som('watch', at('plain.som'), at('held-out.csv'), '--calibrate', '-o', at('ready.som'), ...judge)
    expect([made.code, made.err]).toEqual([0, 'note: columns that are not features of the map: t\n'])
    const { code, out } = await som('watch', at('ready.som'), at('held-out.csv'), ...judge)
    expect([code, linesOf(out).length]).toEqual([0, 300])
  })

  test('reports every flag that cannot be, at once', async () => {
    const { code, err } = await som('watch', at('normal.som'), at('new.ndjson'), '--lag', '1', '--json', '--alpha', 'x')
    expect(code).toBe(2)
    expect(err.split('\n').slice(0, 3)).toEqual([
      'error: --lag: only applies when learning; the map already has it',
      'error: --json: needs --output: standard output holds the verdicts',
      'error: --alpha: expected a number, found "x"',
    ])
    const alpha = await som(
      'watch',
      at('normal.som'),
      at('new.ndjson'),
      '--alpha',
      '0.0001',
      '-o',
      at('never.out'),
      ...judge,
    )
    expect(alpha.code).toBe(1)
    expect(alpha.err).toContain('error: --alpha: expected at least')
    expect(existsSync(at('never.out.state'))).toBe(false)
    const learning = await som('watch', at('normal.csv'), '--alpha', '0.1', '--lag', 'a=0')
    expect([learning.code, learning.err.split('\n').length]).toEqual([2, 3])
  })

  test('writes to no file of which it does not know what is in it, nor for another map or input', async () => {
    writeFileSync(at('foreign.out'), 'mine\n')
    const foreign = await som('watch', at('normal.som'), at('new.ndjson'), '-o', at('foreign.out'), ...judge)
    expect([foreign.code, readFileSync(at('foreign.out'), 'utf8')]).toEqual([1, 'mine\n'])
    await som('watch', at('normal.som'), at('new.ndjson'), '-o', at('once.out'), ...judge)
    const other = await som(
      'watch',
      at('normal.som'),
      at('same.csv'),
      '-o',
      at('once.out'),
      '--alpha',
      '0.02',
      ...judge,
    )
    expect(other.code).toBe(1)
    expect(other.err).toContain('or other options')
    expect(other.err).toContain('was made from')
  })
})

describe('categories and times', () => {
  /** A category that the number goes with, and an hour of the day. */
  const animals = (n: number) =>
    Array.from({ length: n }, () => {
      const kind = draw() < 0.5 ? 'cat' : 'dog'
      const hour = `0${8 + Math.floor(draw() * 2)}`.slice(-2)
      return {
        kind,
        size: (kind === 'cat' ? 4 : 9) + draw() + draw(),
        when: `2024-05-0${1 + Math.floor(draw() * 9)}T${hour}:00:00Z`,
      }
    })
  const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  const table = (rows: ReturnType<typeof animals>): string =>
    `kind,size,when\n${rows.map(({ kind, size, when }) => `${kind},${size},${when}\n`).join('')}`
  const odd = [
    { kind: 'cat', size: 10, when: '2024-05-03T09:00:00Z' },
    { kind: 'lynx', size: 5, when: '2024-05-03T09:00:00Z' },
    { kind: 'cat', size: 5, when: '2024-05-03T21:00:00Z' },
  ]
  const made = ['--categories', 'kind', '--times', 'when=day']

  async function holds(map: string): Promise<void> {
    writeFileSync(at('animals.ndjson'), lines([...animals(40), ...odd]))
    const { code, out, err } = await som('watch', map, at('animals.ndjson'), ...judge)
    expect([code, err]).toEqual([
      0,
      'note: kind: 1 row with levels that training did not have ("lynx"), read as missing\n',
    ])
    const [large, lynx, late] = linesOf(out).slice(40)
    expect(large).toMatchObject({ level: 'alarm' })
    expect(large.causes).toEqual(expect.arrayContaining([expect.objectContaining({ feature: 'size' })]))
    expect(lynx).toMatchObject({ new: { kind: 'lynx' }, level: 'normal' })
    expect(late).toMatchObject({ level: 'alarm' })
    expect(JSON.stringify(late.causes)).toContain('when day-')
    expect(out).not.toContain('kind=')
  }

  test('are read of a stream by a map that was learnt with them', async () => {
    writeFileSync(at('animals.csv'), table(animals(1200)))
    const { code, out } = await som('watch', at('animals.csv'), '-o', at('animals.som'), ...made, ...learn())
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('kind=cat, kind=dog, size, when day-sine, when day-cosine\n'),
    ])
    await holds(at('animals.som'))
  })

  test('and by a map of som train that was calibrated', async () => {
    writeFileSync(at('trained.csv'), table(animals(900)))
    writeFileSync(at('spared.csv'), table(animals(600)))
    const [size, backend] = [
      ['--size', '4x5'],
      ['--backend', 'js'],
    ]
    await som('train', at('trained.csv'), '-o', at('trained.som'), ...made, ...size, ...backend)
    const args = ['watch', at('trained.som'), at('spared.csv'), '--calibrate', '-o', at('calibrated.som')]
    const { code, err } = await som(...args, ...judge)
    expect([code, err]).toEqual([0, ''])
    await holds(at('calibrated.som'))
  })

  test('a CSV without one of the columns is reported by the name of the column', async () => {
    writeFileSync(at('sizes.csv'), 'size,kind\n5,cat\n')
    const { code, err } = await som('watch', at('animals.som'), at('sizes.csv'), ...judge)
    expect([code, err]).toEqual([0, `note: ${at('sizes.csv')} has no column "when": its values count as missing\n`])
  })
})

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await setTimeout(5)
}

const committed = (output: string): { offset: number; length: number } =>
  existsSync(`${output}.state`) ? JSON.parse(readFileSync(`${output}.state`, 'utf8')) : { offset: 0, length: 0 }

describe.each([
  ['', []],
  ['that adapts', ['--adapt']],
])('a stream %s', (_, flags) => {
  test('that is killed in the middle continues where it was committed, with the bytes of an unbroken run', async () => {
    const [input, output, whole] = ['input', 'output', 'whole'].map((name) => at(`${name}${flags.length}.ndjson`))
    const rows = ndjson(readings(3000))
    const half = rows.indexOf('\n', rows.length / 2) + 1
    writeFileSync(input, rows.slice(0, half))
    const args = ['watch', at('normal.som'), input, '-o', output, ...flags, ...judge]
    const running = start([...args, '--follow'])
    await until(() => committed(output).offset === half)
    appendFileSync(input, rows.slice(half))
    await until(() => statSync(output).size > committed(output).length || committed(output).offset === rows.length)
    running.kill()
    await running.ended
    // Bytes that a crash leaves behind what was committed.
    appendFileSync(output, '{"line":99999,"level":"nor')
    expect((await som(...args)).code).toBe(0)

    writeFileSync(at('again.ndjson'), rows)
    expect((await som('watch', at('normal.som'), at('again.ndjson'), '-o', whole, ...flags, ...judge)).code).toBe(0)
    expect(readFileSync(output, 'utf8')).toBe(readFileSync(whole, 'utf8'))
    const lines = linesOf(readFileSync(output, 'utf8')).filter(({ level }) => level !== undefined)
    expect(lines.map(({ line }) => line)).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1))
  })
})

test('rows on standard input are judged as they come, and Ctrl-C leaves what was judged', async () => {
  const run = start(['watch', at('normal.som'), '-o', at('piped.out'), '--json', ...judge], ndjson(readings(40)))
  const { code, out, err } = await run.ended
  expect([code, err]).toEqual([0, ''])
  expect(JSON.parse(out)).toMatchObject({ output: at('piped.out'), rows: 40, broken: 0 })

  writeFileSync(at('followed.ndjson'), ndjson(readings(10)))
  const followed = start([
    'watch',
    at('normal.som'),
    at('followed.ndjson'),
    '--follow',
    '-o',
    at('followed.out'),
    ...judge,
  ])
  await until(() => committed(at('followed.out')).offset > 0)
  followed.interrupt()
  expect((await followed.ended).code).toBe(130)
  expect(linesOf(readFileSync(at('followed.out'), 'utf8'))).toHaveLength(10)
})
