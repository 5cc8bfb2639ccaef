import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Som, trainEpochs } from '@som/core'
import { readModel } from '@som/io'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { run } from './run.ts'
import { makeReady } from './train/make-ready.ts'
import { trainSettings } from './train/settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-cli-formats-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string, contents?: string): string => {
  const path = join(folder, name)
  if (contents !== undefined) writeFileSync(path, contents)
  return path
}

async function som(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const told = { out: '', err: '' }
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      told[name === 'stdout' ? 'out' : 'err'] += String(text)
      return true
    }),
  )
  try {
    return { code: await run(args), ...told }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

const animals =
  'kind,when,mass,legs\ncat,2026-01-01 06:00,4,4\ndog,2026-01-01 18:00,20,4\nbird,2026-01-02 06:00,0.5,2\ncat,2026-01-02 18:00,5,4\ndog,2026-01-03 06:00,25,4\nbird,2026-01-04 01:00,0.3,2\n'

test('categories and times are trained on, remembered, and read again by som match', async () => {
  const trained = await som(
    'train',
    at('animals.csv', animals),
    '-o',
    at('animals.som'),
    '--size',
    '2x2',
    '--categories',
    'kind',
    '--times',
    'when=day',
  )
  expect(trained.err).toBe('')
  expect(trained.code).toBe(0)
  expect(trained.out).toContain('kind=bird, kind=cat, kind=dog, when day-sine, when day-cosine, mass, legs')
  const matched = await som(
    'match',
    at('animals.som'),
    at('new.csv', 'legs,kind,mass,when\n4,cat,4,2026-01-01 06:00\n4,wolf,22,2026-01-01 06:00\n'),
    '-o',
    at('out.csv'),
  )
  expect(matched.err).toBe('note: kind: 1 row with levels that training did not have ("wolf"), read as missing\n')
  const first = await som('match', at('animals.som'), at('animals.csv'))
  const unitOf = (line: string): string => line.split(',')[4]
  expect(unitOf(readFileSync(at('out.csv'), 'utf8').split('\n')[1])).toBe(unitOf(first.out.split('\n')[1]))
  const lacking = await som('match', at('animals.som'), at('lacking.csv', 'mass,when\n1,2026-01-01\n'))
  expect(lacking.code).toBe(1)
  expect(lacking.err).toContain('expected a column named "kind"')
})

test('a query stands in for the table', async () => {
  const query = `SELECT mass, legs FROM '${at('animals.csv', animals)}' WHERE legs > 2`
  const trained = await som('train', '--sql', query, '-o', at('sql.som'), '--size', '1x2')
  expect([trained.err, trained.code]).toEqual(['', 0])
  expect(trained.out).toContain('rows                4\n')
  const matched = await som('match', at('sql.som'), '--sql', query)
  expect(matched.out).toMatch(/^mass,legs,unit,/)
  const both = await som('train', at('animals.csv'), '--sql', query)
  expect(both.code).toBe(2)
  expect(both.err).toContain('expected 1 file, found one more')
})

test('sparse rows are trained on as they are', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i % 2} ${(i % 5) + 1}:1 ${100 + (i % 3)}:0.5`).join('\n')
  const trained = await som('train', at('rows.libsvm', `${rows}\n`), '-o', at('rows.som'), '--size', '2x3')
  expect([trained.err, trained.code]).toEqual(['', 0])
  const map = (await readModel(at('rows.som'))).unwrapOrElse((problem) => {
    throw new Error(JSON.stringify(problem))
  })
  expect(map.features).toHaveLength(102)
  expect(map.training.initial).toBe('sampled')
})

test('a codebook is exported as a table of any format', async () => {
  await som('train', at('animals.csv', animals), '-o', at('map.som'), '--size', '1x2')
  for (const name of ['codes.parquet', 'codes.arrow', 'codes.ndjson']) {
    expect((await som('export', at('map.som'), '-o', at(name))).code).toBe(0)
    expect((await som('train', at(name), '--columns', 'mass,legs', '-o', at('again.som'), '--size', '1x2')).err).toBe(
      '',
    )
  }
})

test('what is made of a time must be known', async () => {
  const { code, err } = await som('train', at('animals.csv', animals), '--times', 'when=month')
  expect(code).toBe(2)
  expect(err).toBe('error: --times when: expected one of number, day, week, year, found "month"\n')
})

describe('within a memory', () => {
  const rows = 5000
  const csv = (name: string): string => {
    const lines = Array.from(
      { length: rows },
      (_, i) => `${Math.sin(i)},${i % 7 === 0 ? 'NA' : (i * 37) % 11},${'abc'[i % 3]},${1 + (i % 2)}`,
    )
    return at(name, `x,y,kind,w\n${lines.join('\n')}\n`)
  }
  const flags = { size: '3x4', epochs: '3', categories: ['kind'], weight: 'w' }

  async function trained(memory: number | undefined): Promise<{ map: Som; notes: readonly string[] }> {
    const settings = orThrow(trainSettings(csv('rows.csv'), flags))
    const { planned, read, release } = await makeReady({ ...settings, memory }, {})
    try {
      const run = trainEpochs(planned)
      let next = await run.next()
      while (!next.done) next = await run.next()
      return { map: next.value, notes: read.notes }
    } finally {
      release()
    }
  }

  test('rows that do not fit are read again in each epoch, and give the map that they give in memory', async () => {
    // Of its own: other tests use the system's at the same time.
    const temporary = join(folder, 'temporary')
    mkdirSync(temporary)
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, temporary)
    const [whole, within] = [await trained(undefined), await trained(1)]
    vi.unstubAllEnvs()
    expect(whole.notes).toEqual([])
    expect(within.notes).toEqual(['the rows do not fit in the given memory, so each epoch reads them from disk'])
    expect(within.map.training.digest).toBe(whole.map.training.digest)
    const apart = whole.map.codebook.data.map((x, i) => Math.abs(x - within.map.codebook.data[i]))
    expect(Math.max(...apart)).toBeLessThan(1e-5)
    expect(readdirSync(temporary)).toEqual([])
  })

  test('what cannot be done there is reported', async () => {
    const settings = orThrow(trainSettings(csv('rows.csv'), { ...flags, rule: 'online', preprocessing: ['robust'] }))
    await expect(makeReady({ ...settings, memory: 1 }, {})).rejects.toMatchObject({
      issues: [
        { path: '--rule', message: 'expected "batch" for rows that memory does not hold, found "online"' },
        { path: '--preprocessing', message: expect.stringMatching(/^x: robust needs all values in memory/) },
        { path: '--preprocessing', message: expect.stringMatching(/^y: robust/) },
      ],
    })
    expect((await som('train', at('rows.csv'), '--memory', '3')).err).toBe(
      'error: --memory: expected a size of at least 512 MiB , for example 2GiB or 800MB, found "3"\n',
    )
  })
})

function orThrow<T>(result: { isOk: true; value: T } | { isOk: false; error: unknown }): T {
  if (result.isOk) return result.value
  throw new Error(JSON.stringify(result.error))
}
