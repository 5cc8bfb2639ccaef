import { clusterUnits, type Issue, orThrow, partialFit, quality, random, type Samples, train, tune } from '@som/core'
import { describe, expect, it } from 'vitest'
import { countColours } from './palette/image/histogram.ts'
import { indexImage } from './palette/index-image.ts'
import { makePalette } from './palette/make-palette.ts'
import { segment } from './segment/segment.ts'
import { calibrate } from './watch/calibrate.ts'
import { learnNormal } from './watch/learn-normal.ts'
import { openWatcher } from './watch/watcher.ts'

const draw = random(1, 'rows')
const samples: Samples = { features: ['a', 'b'], rows: 80, data: Float64Array.from({ length: 160 }, draw) }
const image = { width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 255, 9, 8, 7, 255) }
const som = orThrow(await train({ samples, epochs: 2, lattice: { rows: 2, columns: 2 } }))
const watching = orThrow(await learnNormal(samples, { epochs: 2, lattice: { rows: 2, columns: 2 } }))
const palette = orThrow(await makePalette(countColours(image)))

type Found = { readonly isErr: boolean; readonly error?: readonly Issue[] }

/** Every function of core and of the recipes that takes options, with the names that each takes, nested ones too. */
const functions: Record<
  string,
  { call: (options: never) => Found | Promise<Found>; names: string[]; objects: string[] }
> = {
  train: {
    call: (options) => train({ samples, ...(options as object) }),
    names: ['epochs', 'lattice.shape', 'radius.decay', 'learningRate.start', 'stop.patience', 'featureWeights'],
    objects: ['lattice', 'radius', 'learningRate', 'stop', 'featureWeights', 'preprocessing', 'phases'],
  },
  tune: {
    call: (options) => tune({ samples, trials: 1, ...(options as object) }),
    names: ['budget', 'trials', 'heldOut', 'repeats', 'lattice.shape', 'featureWeights'],
    objects: ['lattice', 'stop', 'featureWeights', 'heldOut'],
  },
  clusterUnits: {
    call: (options) => clusterUnits(som, options),
    names: ['method', 'count', 'most', 'seed'],
    objects: [],
  },
  quality: {
    call: (options) => quality(som, samples, options),
    names: ['neighbours', 'labels', 'nearest', 'space', 'radius', 'sample', 'seed'],
    objects: ['labels'],
  },
  partialFit: {
    call: (options) => partialFit(som, samples, options),
    names: ['halfway', 'radius.start', 'learningRate.end'],
    objects: ['radius', 'learningRate'],
  },
  segment: {
    call: (options) => segment(samples, options),
    names: ['segments', 'method', 'preprocessing', 'weights', 'lattice.columns', 'draws'],
    objects: ['preprocessing', 'weights', 'lattice'],
  },
  makePalette: {
    call: (options) => makePalette(countColours(image), options),
    names: ['colours', 'grid.rows', 'seed'],
    objects: ['grid'],
  },
  indexImage: { call: (options) => indexImage(image, palette, options), names: ['dither', 'counted'], objects: [] },
  learnNormal: {
    call: (options) => learnNormal(samples, options),
    names: ['derive', 'time', 'heldOut', 'lattice.rows', 'epochs'],
    objects: ['derive', 'lattice', 'heldOut', 'time'],
  },
  calibrate: { call: (options) => calibrate(som, samples, options), names: ['time', 'backend'], objects: [] },
  openWatcher: {
    call: (options) => openWatcher(watching, options),
    names: ['alpha', 'notice', 'adapt', 'backend', 'state'],
    objects: ['alpha', 'notice', 'adapt'],
  },
}

/** The name with its last two letters turned round: what a hand types. */
const misspelt = (name: string): string => `${name.slice(0, -2)}${name.at(-1)}${name.at(-2)}`

const nested = (path: string, value: unknown): never =>
  path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as never

describe.each(Object.entries(functions))('%s', (_, { call, names, objects }) => {
  const issuesOf = async (options: never): Promise<readonly Issue[]> => {
    const found = await call(options)
    return found.isErr ? (found.error ?? []) : []
  }

  it.each(names)('says of %s, misspelt, which name is meant', async (path) => {
    const wrong = [...path.split('.').slice(0, -1), misspelt(path.split('.').at(-1) ?? '')].join('.')
    const meant = path.split('.').at(-1)
    const issues = await issuesOf(nested(wrong, 1))
    expect(issues).toContainEqual({ path: wrong, message: `no such option; did you mean ${meant}?` })
  })

  if (objects.length > 0)
    it.each(objects)('refuses for %s what is not such a container', async (path) => {
      for (const value of [5, null, 'x']) {
        // A method for all columns is a word.
        if (path === 'preprocessing' && value === 'x') continue
        if (path === 'time' && value === 'x') continue
        const issues = await issuesOf(nested(path, value))
        expect(issues.map((issue) => issue.path.split('.')[0])).toContain(path)
        for (const { message } of issues) expect(message).toMatch(/^expected .*, found /)
      }
    })
})

it.each([5, null, 'x', [1]])('options that are %j are refused', async (options) => {
  for (const [name, { call }] of Object.entries(functions)) {
    if (name === 'train' || name === 'tune') continue
    const found = await call(options as never)
    expect(found.isErr, name).toBe(true)
  }
})

it.each([undefined, null, 5, 'x', {}, [], Float64Array.of(1, 2)])('rows that are %j are refused', async (rows) => {
  const given = rows as never
  const all: [string, Found][] = [
    ['train', await train({ samples: given })],
    ['tune', await tune({ samples: given })],
    ['quality', await quality(som, given)],
    ['partialFit', await partialFit(som, given)],
    ['segment', await segment(given)],
    ['learnNormal', await learnNormal(given)],
    ['calibrate', await calibrate(som, given)],
    ['makePalette', await makePalette(given)],
    ['indexImage', await indexImage(given, palette)],
    ['indexImage of no palette', await indexImage(image, given)],
  ]
  for (const [name, found] of all) {
    expect(found.isErr, name).toBe(true)
    for (const { message } of found.error ?? []) expect(message, name).toMatch(/^expected .*, found /)
  }
})

it('features to derive are checked by name, one by one', async () => {
  const derive = [{ by: 'lag', step: 1 }, { by: 'lagg', steps: 1 }, 3] as never
  const found = await learnNormal(samples, { derive })
  expect(found.isErr && found.error.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'derive[0].step: no such option; did you mean steps?',
    'derive[0].steps: expected an integer from 1 to 1000, found undefined',
    'derive[1].by: expected one of value, lag, difference, mean, deviation, found "lagg"; did you mean lag?',
    'derive[2]: expected { column, by, steps }, found 3',
  ])
})

it('readings of another length are refused before any is judged', async () => {
  const watcher = orThrow(await openWatcher(watching, { alpha: 0.1 }))
  await expect(watcher.watch(Float64Array.of(1, 2, 3), 2)).rejects.toThrow(
    'readings: expected 2 x 2 numbers in a Float64Array, found 3',
  )
  await expect(watcher.watch([1, 2] as never, 1)).rejects.toThrow('found an array of 2')
  watcher.close()
})
