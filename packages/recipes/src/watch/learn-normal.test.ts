import { js, random, type Samples, type Som, train } from '@som/core'
import { describe, expect, it } from 'vitest'
import { calibrate } from './calibrate.ts'
import { learnNormal } from './learn-normal.ts'
import { LEVELS } from './levels.ts'
import { readingFeatures } from './reading-features.ts'
import { openWatcher, type Verdicts, type WatchOptions } from './watcher.ts'

const draw = random(5, 'rows')
const normal = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())

/** Two features that hang together and one that is noise. */
function rows(n: number, shift = 0): Samples {
  const drawn = Array.from({ length: n }, () => {
    const x = normal()
    return [x + shift, 2 * x + 0.2 * normal(), 5 * normal()]
  })
  return { features: ['a', 'b', 'noise'], rows: n, data: Float64Array.from(drawn.flat()) }
}

const learnt = async (samples: Samples, options = {}): Promise<Som> =>
  (await learnNormal(samples, { lattice: { rows: 6, columns: 6 }, epochs: 8, ...options })).unwrapOrElse(fail)

async function verdictsOf(som: Som, samples: Samples, options: WatchOptions = {}): Promise<Verdicts> {
  const watcher = (await openWatcher(som, options)).unwrapOrElse(fail)
  const verdicts = await watcher.watch(Float64Array.from(samples.data), samples.rows)
  watcher.close()
  return verdicts
}

const share = ({ level, rows: all }: Verdicts, ...levels: string[]): number =>
  level.filter((at) => levels.includes(LEVELS[at])).length / all

const shared = learnt(rows(2400))

/**
 * Four standard deviations of a rate α that is read from n held-out rows and counted over m others: √(α(1-α)(1/n +
 * 1/m)).
 */
const within = (alpha: number, n: number, m: number): number => 4 * Math.sqrt(alpha * (1 - alpha) * (1 / n + 1 / m))

describe('learnNormal', () => {
  it('keeps the rates that it is set to on normal rows that it never saw', async () => {
    const verdicts = await verdictsOf(await shared, rows(4000))
    expect(Math.abs(share(verdicts, 'alarm') - 0.01)).toBeLessThan(within(0.01, 600, 4000))
    expect(Math.abs(share(verdicts, 'alarm', 'notice') - 0.05)).toBeLessThan(within(0.05, 600, 4000))
  })

  it('keeps them in each unit that is judged on its own', async () => {
    const som = await learnt(rows(4000), { lattice: { rows: 1, columns: 2 } })
    const verdicts = await verdictsOf(som, rows(4000), { alpha: 0.05 })
    for (const unit of [0, 1]) {
      const mine = Array.from(verdicts.unit.keys()).filter((i) => verdicts.unit[i] === unit)
      const alarms = mine.filter((i) => LEVELS[verdicts.level[i]] === 'alarm').length
      expect(Math.abs(alarms / mine.length - 0.05)).toBeLessThan(within(0.05, 400, mine.length))
    }
  })

  it('finds what breaks the bond between features, and names them and not the noise', async () => {
    const odd: Samples = { features: ['a', 'b', 'noise'], rows: 1, data: Float64Array.from([1.5, -3, 0]) }
    const { level, causes } = await verdictsOf(await shared, odd)
    expect(LEVELS[level[0]]).toBe('alarm')
    const [first] = causes.get(0) ?? []
    expect(['a', 'b']).toContain(first.feature)
    expect((causes.get(0) ?? []).reduce((sum, cause) => sum + cause.share, 0)).toBeLessThanOrEqual(1 + 1e-9)
  })

  it('judges a row by the features that it has, and one without any not at all', async () => {
    const some = Float64Array.from([1.5, -3, Number.NaN, Number.NaN, Number.NaN, Number.NaN])
    const { level, p } = await verdictsOf(await shared, { features: ['a', 'b', 'noise'], rows: 2, data: some })
    expect([LEVELS[level[0]], LEVELS[level[1]]]).toEqual(['alarm', 'unknown'])
    expect(p[1]).toBeNaN()
  })

  it('takes the largest numbers there are for far away', async () => {
    const far = Float64Array.from([Number.MAX_VALUE, 0, 0, 0, -1e300, 0])
    const { level } = await verdictsOf(await shared, { features: ['a', 'b', 'noise'], rows: 2, data: far })
    expect(Array.from(level, (at) => LEVELS[at])).toEqual(['alarm', 'alarm'])
  })

  it('says drift where all rows have moved, and none where they have not', async () => {
    const kinds = async (samples: Samples): Promise<string[]> =>
      (await verdictsOf(await shared, samples)).events.map((event) => `${event.kind} ${event.state}`)
    expect(await kinds(rows(3000))).toEqual([])
    expect(await kinds(rows(500, 1))).toEqual(['drift begins'])
  })

  it('gives the same map from the same rows, and derives what was declared', async () => {
    const table = rows(400)
    const derive = [{ by: 'mean', steps: 4, column: 'a' } as const]
    const som = await learnt(table, { derive })
    expect(som).toEqual(await learnt(table, { derive }))
    expect(som.features.map(({ name }) => name)).toEqual(['a', 'b', 'noise', 'a mean 4'])
    expect(som.calibration?.heldOut).toBe('blocks')
  })

  it('reports every issue at once', async () => {
    const refused = await learnNormal(rows(100), { heldOut: 1, derive: [{ by: 'lag', steps: 0 }] })
    expect(refused.isErr && refused.error.map(({ path }) => path)).toEqual(['derive[0].steps', 'heldOut'])
    const few = await learnNormal(rows(40))
    expect(few.isErr && few.error[0].message).toContain('expected at least 20 rows held out')
  })
})

describe('openWatcher', () => {
  it('refuses a rate that the held-out rows cannot tell', async () => {
    const refused = await openWatcher(await shared, { alpha: 0.001 })
    expect(refused.isErr && refused.error).toEqual([
      {
        path: 'alpha',
        message:
          'expected at least 0.00166, the smallest p-value of 600 held-out rows, found 0.001; hold out at least 999 rows',
      },
    ])
  })

  it('gives the same verdicts however the rows are cut, and after it was restored', async () => {
    const som = await shared
    const samples = rows(1500)
    for (const adapt of [false, true]) {
      const whole = await verdictsOf(som, samples, { adapt })
      let watcher = (await openWatcher(som, { adapt })).unwrapOrElse(fail)
      const p: number[] = []
      for (let from = 0; from < 1500; from += 170) {
        const part = samples.data.subarray(3 * from, 3 * Math.min(1500, from + 170))
        p.push(...(await watcher.watch(Float64Array.from(part), part.length / 3)).p)
        const state = JSON.parse(JSON.stringify(watcher.snapshot()))
        watcher.close()
        watcher = (await openWatcher(som, { adapt, state })).unwrapOrElse(fail)
      }
      watcher.close()
      expect(Float64Array.from(p)).toEqual(whole.p)
    }
  })

  it('never learns from what it flagged', async () => {
    const som = await shared
    const watcher = (await openWatcher(som, { adapt: true })).unwrapOrElse(fail)
    await watcher.watch(Float64Array.from(rows(1024, 9).data), 1024)
    const before = (await openWatcher(som, { adapt: true })).unwrapOrElse(fail).snapshot()
    expect(watcher.snapshot().adapted).toEqual(before.adapted)
    await watcher.watch(Float64Array.from(rows(1024).data), 1024)
    expect(watcher.snapshot().adapted?.streamed).toBeGreaterThan(900)
    watcher.close()
  })

  it('keeps its rate while it adapts', async () => {
    const verdicts = await verdictsOf(await shared, rows(8000), { adapt: true })
    expect(share(verdicts, 'alarm', 'notice')).toBeLessThan(0.05 + within(0.05, 600, 8000))
  })
})

describe('categories and times', () => {
  /** A number that goes with its kind, the kind's levels, and a day that is the same in every row. */
  const kinds = (n: number): Samples => {
    const drawn = Array.from({ length: n }, () => {
      const cat = draw() < 0.5 ? 1 : 0
      return [cat, 1 - cat, 4 * cat + normal(), 7]
    })
    const levels = ['cat', 'dog'].map((level) => ({ column: 'kind', level }))
    const sources: Samples['sources'] = [...levels, undefined, { column: 'when', time: 'days' }]
    return { features: ['kind=cat', 'kind=dog', 'a', 'when'], rows: n, data: Float64Array.from(drawn.flat()), sources }
  }
  const made = learnt(kinds(1200), { derive: [{ by: 'lag', steps: 1 }] })

  it('the map remembers how they were made, and reads no column that it does not need', async () => {
    const som = await made
    expect(som.features.map(({ name, source }) => source?.column ?? name)).toEqual(['kind', 'kind', 'a', 'a lag 1'])
    expect(readingFeatures(som)).toEqual(
      [...som.features.slice(0, 2), { name: 'a' }].map(({ name, ...rest }) =>
        'source' in rest ? { name, source: rest.source } : { name },
      ),
    )
    expect(som.calibration?.derived.map(({ column }) => column)).toEqual([0, 1, 2, 2])
  })

  it('the levels of a category are one cause, told as levels', async () => {
    const { causes, level } = await verdictsOf(await made, {
      features: ['kind=cat', 'kind=dog', 'a'],
      rows: 2,
      data: Float64Array.from([1, 0, 4, 1, 0, -4]),
    })
    expect(LEVELS[level[1]]).toBe('alarm')
    const found = (causes.get(1) ?? []).map(({ feature }) => feature)
    expect(new Set(found).size).toBe(found.length)
    expect(found).toContain('a')
    expect(found).not.toContain('kind=cat')
    const both = (await verdictsOf(await made, { features: [], rows: 1, data: Float64Array.from([0, 1, 40]) })).causes
    for (const cause of both.get(0) ?? []) if (cause.feature === 'kind') expect(cause).toMatchObject({ value: 'dog' })
  })

  it('a row whose category is missing is judged by the rest', async () => {
    const missing = Float64Array.from([Number.NaN, Number.NaN, 4])
    const { p } = await verdictsOf(await made, { features: [], rows: 1, data: missing })
    expect(p[0]).toBeGreaterThan(0.01)
  })
})

describe('calibrate', () => {
  it('makes a map of train ready, and refuses one whose distance has no shares', async () => {
    const table = rows(800)
    const plain = (await train({ samples: table, epochs: 5, lattice: { rows: 4, columns: 4 } })).unwrapOrElse(fail)
    const som = (await calibrate(plain, rows(400), { backend: js() })).unwrapOrElse(fail)
    const verdicts = await verdictsOf(som, rows(2000))
    expect(Math.abs(share(verdicts, 'alarm', 'notice') - 0.05)).toBeLessThan(within(0.05, 400, 2000))
    const cosine = (await train({ samples: table, epochs: 1, metric: 'cosine' })).unwrapOrElse(fail)
    const refused = await calibrate(cosine, rows(10))
    expect(refused.isErr && refused.error.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'som: expected a map with euclidean distance, found cosine',
      'samples: expected at least 20 rows, found 10',
    ])
  })
})

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}
