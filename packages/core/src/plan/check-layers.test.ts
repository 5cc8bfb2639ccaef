import { describe, expect, it } from 'vitest'
import type { MetricName } from '../map/measures.ts'
import { random } from '../random.ts'
import { checkTrainOptions } from './check-train-options.ts'
import type { TrainOptions } from './options.ts'
import { plan } from './plan.ts'

const source = random(4, 'layers test')
const features = ['alcohol', 'ash', 'hue', 'kind=red', 'kind=white']
const sources = [undefined, undefined, undefined, ...['red', 'white'].map((level) => ({ column: 'kind', level }))]
const data = Float64Array.from({ length: 200 }, (_, i) => {
  const [row, f] = [Math.floor(i / 5), i % 5]
  return f < 3 ? source() * (f + 1) : Number(row % 2 === f - 3)
})
const samples = { features, sources, rows: 40, data }
const chemistry = { name: 'chemistry', features: ['alcohol', 'ash'] }
const looks = { name: 'looks', features: ['hue', 'kind'], metric: 'manhattan' } as const

const issuesOf = (options: unknown): string[] =>
  plan({ samples, ...(options as Omit<TrainOptions, 'samples'>) }).match({
    Ok: () => [],
    Err: (issues) => issues.map(({ path, message }) => `${path}: ${message}`),
  })

describe('layers that do not fit are refused at the door', () => {
  for (const [layers, expected] of [
    [[], 'layers: expected at least 1 layer, found an array of 0'],
    [[chemistry, { name: 'looks' }], 'layers[1].features: expected at least 1 feature, found undefined'],
    [[chemistry, { name: 'looks', features: [] }], 'layers[1].features: expected at least 1 feature, found none'],
    [[{ ...chemistry, name: '' }, looks], 'layers[0].name: expected a name, found ""'],
    [[{ ...chemistry, name: 'looks' }, looks], 'layers[1].name: "looks" is also the name of layer 1'],
    [
      [{ ...chemistry, features: ['alcohol', 'ash', 'hue'] }, looks],
      'layers[1].features: "hue" is in "chemistry" already',
    ],
    [[{ ...chemistry, features: ['ash', 'ash', 'alcohol'] }, looks], 'layers[0].features: "ash" is in it already'],
    [
      [{ ...chemistry, features: ['alcohl', 'ash'] }, looks],
      'layers[0].features: no such feature as "alcohl"; did you mean alcohol?',
    ],
    [[chemistry], 'layers: expected each feature in a layer, found 3 in none: hue, kind=red, kind=white'],
    [
      [
        { ...chemistry, weight: 0 },
        { ...looks, weight: 0 },
      ],
      'layers: expected a weight above 0 for some layer, found only 0',
    ],
    [[{ ...chemistry, metric: 'manhatan' }, looks], 'found "manhatan"; did you mean manhattan?'],
    [[{ ...chemistry, weight: -1 }, looks], 'layers[0].weight: expected a finite number of at least 0, found -1'],
    [[{ ...chemistry, scale: 0 }, looks], 'layers[0].scale: expected a finite number above 0, found 0'],
    [[{ ...chemistry, preprocessing: 'robst' }, looks], 'found "robst"; did you mean robust?'],
    [[{ ...chemistry, metrik: 'cosine' }, looks], 'layers[0].metrik: no such option; did you mean metric?'],
  ] as const) {
    it(expected, () => {
      const found = issuesOf({ layers })
      expect(found.some((message) => message.includes(expected))).toBe(true)
    })
  }

  it('a metric beside them', () => {
    const metric = 'cosine'
    expect(checkTrainOptions({ layers: [chemistry, looks], metric })).toEqual([
      { path: 'metric', message: 'each layer has its own; leave it out' },
    ])
  })

  it('a weight of a feature whose metric counts all alike', () => {
    const layers = [{ ...chemistry, metric: 'correlation' }, looks] as const
    expect(issuesOf({ layers, featureWeights: { ash: 2 } })).toEqual([
      'featureWeights.ash: correlation counts all features alike; weigh the layer instead',
    ])
    expect(issuesOf({ layers, featureWeights: { hue: 2 } })).toEqual([])
    expect(issuesOf({ metric: 'tanimoto', featureWeights: { hue: 2 } })).toEqual([
      'featureWeights: expected none: tanimoto counts all features alike',
    ])
  })

  it('a layer whose features are all left out, and one in which rows do not differ', () => {
    const constant = { ...samples, data: data.map((x, i) => (i % 5 === 2 ? 7 : x)) }
    const third = { name: 'hue', features: ['hue'] }
    const layers = [chemistry, third, { ...looks, features: ['kind'] }]
    expect(issuesOf({ samples: constant, layers })).toEqual([
      'layers[1].features: expected a feature that varies in layer hue, found none',
    ])
    const bits = { ...chemistry, metric: 'tanimoto' } as const
    const low = { ...samples, data: data.map((x, i) => (i % 5 < 2 ? x / 10 : x)) }
    expect(issuesOf({ samples: low, layers: [bits, looks] })[0]).toMatch(/mean distance between rows is 0 by tanimoto/)
    expect(issuesOf({ samples: low, layers: [{ ...bits, scale: 1 }, looks] })).toEqual([])
  })

  it('sparse samples', () => {
    const sparse = {
      ...{ rows: 3, columns: 2, offsets: Uint32Array.of(0, 1, 2, 3) },
      ...{ indices: Uint32Array.of(0, 1, 0), values: Float32Array.of(1, 2, 3) },
    }
    const layers = [{ name: 'all', features: ['feature 1', 'feature 2'] }]
    expect(issuesOf({ samples: sparse, preprocessing: 'none', initial: 'sampled', layers })).toEqual([
      'layers: expected none for sparse samples: layers are weighed by what dense rows tell',
    ])
  })
})

describe('layers in a plan', () => {
  const planned = (layers: TrainOptions['layers'], more: Partial<TrainOptions> = {}) =>
    plan({ samples, layers, ...more }).unwrapOrElse((issues) => {
      throw new Error(JSON.stringify(issues))
    })

  it('a feature is named itself or by its column', () => {
    const { layers, task } = planned([chemistry, looks])
    expect(layers?.map((layer) => layer.features)).toEqual([
      ['alcohol', 'ash'],
      ['hue', 'kind=red', 'kind=white'],
    ])
    const [first, second] = layers ?? []
    expect(task.metric).toEqual({
      layers: [
        { columns: [0, 1], metric: 'euclidean', weight: first.scale },
        { columns: [2, 3, 4], metric: 'manhattan', weight: second.scale },
      ],
    })
  })

  it('a scale brings the mean distance between rows to 1', () => {
    const { rows, layers } = planned([chemistry, looks])
    if (!('data' in rows.matrix)) throw new Error('dense rows')
    const { data: ready } = rows.matrix
    let [sum, count] = [0, 0]
    for (let i = 0; i < 40; i++) {
      for (let j = i + 1; j < 40; j++) {
        sum += (ready[5 * i] - ready[5 * j]) ** 2 + (ready[5 * i + 1] - ready[5 * j + 1]) ** 2
        count++
      }
    }
    expect((layers?.[0].scale ?? 0) * (sum / count)).toBeCloseTo(1, 10)
  })

  it('layers that are all euclidean are one euclidean distance of weighted features', () => {
    const layers = [
      { ...chemistry, weight: 4, scale: 1 },
      { ...looks, metric: 'euclidean', scale: 0.25 },
    ] as const
    const { task, features: fitted } = planned(layers, { featureWeights: { ash: 9 } })
    expect(task.metric).toBe('euclidean')
    expect(fitted.map(({ preprocessing }) => preprocessing.factor)).toEqual([2, 6, 0.5, 0.5, 0.5])
  })

  it('prototypes that are given stand for the rows where scales are taken, and layers weigh them', () => {
    const initial = { rows: 4, columns: 5, data: Float32Array.from({ length: 20 }, (_, i) => (i % 5) * (i % 7)) }
    const lattice = { rows: 2, columns: 2 }
    const { codebook, layers } = planned([chemistry, { ...looks, metric: 'euclidean' }], { initial, lattice })
    expect(layers?.[0].scale).not.toBeCloseTo(planned([chemistry, looks]).layers?.[0].scale ?? 0, 3)
    const factor = Math.sqrt(layers?.[0].scale ?? 0)
    expect(codebook.data[6]).toBeCloseTo(initial.data[6] * factor, 5)
  })

  it.each<MetricName>(['hamming', 'jaccard', 'tanimoto'])('features of %s are not scaled unless wanted', (metric) => {
    const layers = [chemistry, { ...looks, metric }] as const
    const methods = (more: Partial<TrainOptions>) =>
      planned(layers, more).features.map(({ preprocessing }) => preprocessing.method)
    expect(methods({})).toEqual(['z-score', 'z-score', 'none', 'none', 'none'])
    expect(methods({ preprocessing: { hue: 'min-max' } })[2]).toBe('min-max')
  })
})
