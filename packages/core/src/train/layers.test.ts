import { describe, expect, it } from 'vitest'
import { embed } from '../embed/embed.ts'
import { fitEmbedding } from '../embed/fit-embedding.ts'
import { distanceFunction, type LayeredMetric } from '../map/distance.ts'
import { orThrow } from '../or-throw.ts'
import type { LayerOptions, TrainOptions } from '../plan/options.ts'
import { fitTargets } from '../predict/fit-targets.ts'
import { predict } from '../predict/predict.ts'
import { random } from '../random.ts'
import { clusterUnits } from '../read/cluster/cluster-units.ts'
import { impute } from '../read/impute/impute.ts'
import { match } from '../read/match.ts'
import { nearestUnits } from '../read/nearest-units.ts'
import { quality } from '../read/quality/quality.ts'
import { uMatrix } from '../read/u-matrix.ts'
import { rowOf } from '../rows/matrix.ts'
import { prepareRows } from '../rows/prepare.ts'
import { type Samples, samplesOf } from '../rows/samples.ts'
import type { Som } from '../som.ts'
import { tune } from '../tune/tune.ts'
import type { Runtime } from './runtime.ts'
import { partialFit } from './stream.ts'
import { train } from './train.ts'

const fail = (found: unknown): never => {
  throw new Error(JSON.stringify(found))
}

const ROWS = 240
const source = random(2, 'layers')
const features = ['length', 'mass', 'red', 'green', 'blue']
const missing = Number.NaN

/** Three kinds of row: a length and a mass, and a colour that a tenth of the rows lacks. */
const samples: Samples = {
  features,
  rows: ROWS,
  data: Float64Array.from({ length: ROWS * features.length }, (_, at) => {
    const [row, f] = [Math.floor(at / features.length), at % features.length]
    if (f < 2) return (row % 3) * (f === 0 ? 4 : 100) + source() * (f + 1)
    return row % 10 === 7 ? missing : Number(row % 3 === f - 2)
  }),
}
const layers: readonly LayerOptions[] = [
  { name: 'size', features: ['length', 'mass'], metric: 'manhattan', weight: 2 },
  { name: 'colour', features: ['red', 'green', 'blue'], metric: 'hamming' },
]
const options: TrainOptions = { samples, layers, lattice: { rows: 5, columns: 6 }, epochs: 8, seed: 3 }
const trained = async (more: Partial<TrainOptions> = {}, runtime?: Runtime): Promise<Som> =>
  (await train({ ...options, ...more }, runtime)).unwrapOrElse(fail)
const som = await trained()

/** The distance over layers as its formula has it. */
function byHand(map: Som, x: ArrayLike<number>, w: ArrayLike<number>): number {
  const [size, colour] = map.layers ?? []
  const gap = (f: number): number => Math.abs(x[f] - w[f])
  const known = Number.isNaN(x[2]) ? 0 : (gap(2) + gap(3) + gap(4)) / 3
  return size.weight * size.scale * (gap(0) + gap(1)) + colour.weight * colour.scale * known
}

describe('a map with layers', () => {
  it('measures rows by the sum over layers, and skips one that a row lacks', async () => {
    const found = (await match(som, samples)).unwrapOrElse(fail)
    const { matrix } = prepareRows(som, samples).unwrapOrElse(fail)
    if (!('data' in matrix)) throw new Error('dense rows')
    for (let i = 0; i < ROWS; i++) {
      const distances = Array.from({ length: 30 }, (_, k) => byHand(som, rowOf(matrix, i), rowOf(som.codebook, k)))
      const least = Math.min(...distances)
      expect(found.distance[i]).toBeCloseTo(least, 5)
      expect(distances[found.unit[i]]).toBeCloseTo(least, 12)
    }
  })

  it('is trained by every rule, and resumes to the same bits', async () => {
    for (const rule of ['batch', 'online', 'mini-batch'] as const) {
      const whole = await trained({ rule, batchSize: 32 })
      expect(whole.training.rule).toBe(rule)
      expect(whole.seen?.quantizationError).toBeLessThan(0.5)
      const controller = new AbortController()
      const progress = (share: number): void => {
        if (share > 0.4) controller.abort()
      }
      const cut = await trained({ rule, batchSize: 32 }, { signal: controller.signal, progress })
      const resumed = (await train({ samples, resume: cut })).unwrapOrElse(fail)
      expect(resumed).toEqual(whole)
    }
  })

  it('gives its layers to what starts from it and to streams', async () => {
    const again = (await train({ samples, from: som, epochs: 2 })).unwrapOrElse(fail)
    expect([again.layers, again.metric]).toEqual([som.layers, som.metric])
    const streamed = (await partialFit(som, samples)).unwrapOrElse(fail)
    expect([streamed.layers, streamed.metric]).toEqual([som.layers, som.metric])
    expect(streamed.codebook.data).not.toEqual(som.codebook.data)
    expect((await train({ samples, from: som, layers })).isErr).toBe(true)
  })

  it('is read by its distance: nearest units, quality and U-matrix', async () => {
    const { unit, distance } = (await nearestUnits(som, samples, 3)).unwrapOrElse(fail)
    const found = (await match(som, samples)).unwrapOrElse(fail)
    for (let i = 0; i < ROWS; i++) {
      expect([unit[3 * i], unit[3 * i + 1]]).toEqual([found.unit[i], found.secondUnit[i]])
      expect(distance[3 * i + 2]).toBeGreaterThanOrEqual(found.secondDistance[i])
    }
    const { measures } = (await quality(som, samples)).unwrapOrElse(fail)
    const error = measures.find(({ name }) => name === 'quantizationError')
    expect(error?.value).toBeCloseTo(som.seen?.quantizationError ?? missing, 6)
    const between = distanceFunction(som.metric)
    expect(between(rowOf(som.codebook, 0), rowOf(som.codebook, 1))).toBeCloseTo(
      byHand(som, rowOf(som.codebook, 0), rowOf(som.codebook, 1)),
      12,
    )
    expect(uMatrix(som).every((height) => height >= 0 && height < 10)).toBe(true)
  })

  it('clusters, predicts, fills in and places rows', async () => {
    expect(clusterUnits(som).unwrapOrElse(fail).clusters.count).toBeGreaterThan(1)
    const kinds = Array.from({ length: ROWS }, (_, i) => ['a', 'b', 'c'][i % 3])
    const fitted = (await fitTargets(som, samples, { kind: kinds })).unwrapOrElse(fail)
    const [target] = (await predict(fitted, samples)).unwrapOrElse(fail).targets
    if (target.kind !== 'class') throw new Error('a class')
    const right = Array.from(target.place).filter((place, i) => target.classes[place] === kinds[i]).length
    expect(right).toBe(ROWS)
    const { data } = (await impute(som, samples)).unwrapOrElse(fail).samples
    const filled = Array.from({ length: ROWS / 10 }, (_, i) => {
      const at = (7 + 10 * i) * 5
      const colour = Array.from(data.subarray(at + 2, at + 5))
      return colour.indexOf(Math.max(...colour)) === (7 + 10 * i) % 3
    })
    expect(filled.filter(Boolean).length).toBeGreaterThan(0.9 * filled.length)
    const placed = (await fitEmbedding(som, samples, { landmarks: 60 })).unwrapOrElse(fail)
    expect((await embed(placed, samples)).unwrapOrElse(fail).place.every(Number.isFinite)).toBe(true)
  })

  it('is tuned with its layers', async () => {
    const { trials } = (await tune({ samples, layers, trials: 2 })).unwrapOrElse(fail)
    expect(trials).toHaveLength(2)
    expect((await tune({ samples, layers: [layers[0]], trials: 1 })).isErr).toBe(true)
  })
})

it('layers that are all euclidean have the map of features weighed by hand', async () => {
  const euclidean = layers.map((layer, i) => ({ ...layer, metric: 'euclidean', scale: 1, weight: 4 - 3 * i }) as const)
  const byLayers = await trained({ layers: euclidean })
  const byHand = await trained({ layers: undefined, featureWeights: { length: 4, mass: 4 } })
  expect(byLayers.codebook).toEqual(byHand.codebook)
  expect(byLayers.metric).toBe('euclidean')
})

it('a layer of weight 0 changes no unit, and is on the map', async () => {
  const quiet = { ...layers[1], weight: 0 }
  const shown = await trained({ layers: [layers[0], quiet] })
  const alone = { ...samples, data: samples.data.map((x, at) => (at % 5 > 1 ? missing : x)) }
  const found = (await match(shown, samples)).unwrapOrElse(fail)
  expect(found.unit).toEqual((await match(shown, alone)).unwrapOrElse(fail).unit)
  const red = Array.from({ length: 30 }, (_, k) => shown.codebook.data[5 * k + 2])
  expect(Math.max(...red) - Math.min(...red)).toBeGreaterThan(0.9)
})

it('a map whose layers do not fit its features is an issue wherever a map is given', async () => {
  const samples = samplesOf([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 1],
  ])
  const options = { samples, lattice: { rows: 2, columns: 2 }, epochs: 1 }
  const layers = [
    { name: 'a', features: ['feature 1', 'feature 2'], metric: 'manhattan' as const },
    { name: 'b', features: ['feature 3'] },
  ]
  const som = orThrow(await train({ ...options, layers }))
  const [first] = (som.metric as LayeredMetric).layers
  for (const wrong of [
    [],
    [first],
    [first, { ...first, columns: [2], weight: 0 }],
    [{ ...first, metric: 'x' }, first],
  ]) {
    const broken = { ...som, metric: { layers: wrong } } as Som
    for (const found of [await match(broken, samples), await train({ samples, epochs: 1, from: broken })])
      expect(found.isErr && found.error.map(({ path }) => path)).toEqual([expect.stringMatching(/metric$/)])
  }
})

it('a layer has a preprocessing of its own, before that of all features and after those of single ones', async () => {
  const robust = layers.map((layer) => (layer.name === 'size' ? { ...layer, preprocessing: 'robust' as const } : layer))
  const methods = async (preprocessing?: TrainOptions['preprocessing']): Promise<string[]> => {
    const map = await trained({ layers: robust, epochs: 1, ...(preprocessing && { preprocessing }) })
    return map.features.map(({ preprocessing: { method } }) => method)
  }
  expect(await methods()).toEqual(['robust', 'robust', 'none', 'none', 'none'])
  expect(await methods('min-max')).toEqual(['robust', 'robust', 'min-max', 'min-max', 'min-max'])
  expect(await methods({ mass: 'log', red: 'z-score' })).toEqual(['robust', 'log', 'z-score', 'none', 'none'])
})
