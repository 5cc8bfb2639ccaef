import { js, orThrow, random, type Samples } from '@som/core'
import { describe, expect, it } from 'vitest'
import { learnNormal } from './learn-normal.ts'
import { LEVELS } from './levels.ts'
import { openWatcher, type WatchOptions } from './watcher.ts'

const draw = random(9, 'rows')

/** Two columns that vary, and one of 7 in the first `known` rows and without a value in the others. */
const rows = (count: number, known = count): Samples => ({
  features: ['a', 'b', 'c'],
  rows: count,
  data: Float64Array.from({ length: 3 * count }, (_, at) =>
    at % 3 < 2 ? draw() : Math.floor(at / 3) < known ? 7 : Number.NaN,
  ),
})

const learnt = async (samples: Samples) =>
  orThrow(await learnNormal(samples, { lattice: { rows: 3, columns: 3 }, epochs: 5 }))

/** What is reported for readings of a, b and c. */
async function said(samples: Samples, readings: readonly number[][], options: WatchOptions = {}) {
  const watcher = orThrow(await openWatcher(await learnt(samples), { backend: js(), ...options }))
  const verdicts = await watcher.watch(Float64Array.from(readings.flat()), readings.length)
  const { adapted } = watcher.snapshot()
  watcher.close()
  return { ...verdicts, adapted, levels: Array.from(verdicts.level, (place) => LEVELS[place]) }
}

describe('a constant column that changes raises the level of its row', () => {
  it('to an alarm where a hundred rows never did, while p stays that of the features', async () => {
    const { levels, p, changes, causes } = await said(rows(600), [
      [0.5, 0.5, 7],
      [0.5, 0.5, 999],
      [0.5, 0.5, Number.NaN],
    ])
    expect(levels).toEqual(['normal', 'alarm', 'normal'])
    expect(p[1]).toBe(p[0])
    expect(changes.get(1)).toEqual([{ column: 'c', value: 999, usual: 7, p: 1 / 601 }])
    expect([...changes.keys(), ...causes.keys()]).toEqual([1])
  })

  it.each([
    [99, 'alarm'],
    [98, 'notice'],
    [19, 'notice'],
    [18, 'normal'],
  ])('by how many rows of training have its value: %i give %s', async (known, level) => {
    expect((await said(rows(600, known), [[0.5, 0.5, 8]])).levels).toEqual([level])
  })

  it('and never lowers it: a row that is far away and one without another value', async () => {
    const readings = [
      [50, -50, 8],
      [Number.NaN, Number.NaN, 8],
      [Number.NaN, Number.NaN, 7],
    ]
    expect((await said(rows(600, 40), readings)).levels).toEqual(['alarm', 'notice', 'unknown'])
  })

  it('and such a row is not learnt from', async () => {
    const readings = [
      [0.5, 0.5, 7],
      [0.5, 0.5, 8],
    ]
    expect((await said(rows(600), readings, { adapt: true })).adapted?.pending).toEqual([[0.5, 0.5]])
  })
})
