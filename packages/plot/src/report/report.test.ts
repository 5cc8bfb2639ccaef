import {
  clusterUnits,
  fitTargets,
  matchPrepared,
  orThrow,
  prepareRows,
  qualityOf,
  type Som,
  samplesOf,
  train,
} from '@som/core'
import { describe, expect, it } from 'vitest'
import { beyondLines } from '../figure/colour-bar.ts'
import { colourScale } from '../figure/colour-scale.ts'
import { unitPredictions } from '../numbers/unit-predictions.ts'
import { profilesOf } from './profiles.ts'
import { report } from './report.ts'

async function pageOf(data: readonly (readonly number[])[], names: readonly string[], beside = {}, options = {}) {
  const samples = { ...samplesOf(data, names), ...beside }
  const som: Som = (await train({ samples, lattice: { rows: 5, columns: 6 }, epochs: 3, ...options })).unwrapOrElse(
    () => {
      throw new Error('not trained')
    },
  )
  const found = clusterUnits(som, { count: Math.min(3, som.codebook.rows) })
  const clustered = { ...som, ...(found.isOk && { clusters: found.value.clusters }) }
  const rows = prepareRows(som, samples).unwrapOrElse(() => {
    throw new Error('not prepared')
  })
  const matches = await matchPrepared(som, rows)
  return report({ som: clustered, samples, matches, quality: qualityOf(clustered, rows, matches), source: 'a & b.csv' })
}

/** What the page's script reads. */
const payloadOf = (page: string) => JSON.parse(/<script id="data"[^>]*>(.*?)<\/script>/s.exec(page)?.[1] ?? '')

const wave = (count: number, features: number) =>
  Array.from({ length: count }, (_, i) => Array.from({ length: features }, (_, f) => Math.sin(i * (f + 1.7))))
const hostile = '</script><img src=x onerror="alert(1)">'

describe('a report', () => {
  it('escapes what is in the data, in text and in its script', async () => {
    const page = await pageOf(wave(40, 3), [hostile, 'b', 'c'], { ids: wave(40, 1).map((_, i) => `${hostile}${i}`) })
    expect(page).not.toContain('<img')
    expect(page.match(/<\/script>/g)).toHaveLength(2)
    expect(page).toContain('a &amp; b.csv')
  })

  it('shows where it predicts what, and how well, where the map has targets', async () => {
    const samples = samplesOf(wave(40, 3), ['a', 'b', 'c'])
    const bare = orThrow(await train({ samples, lattice: { rows: 4, columns: 4 }, epochs: 3 }))
    const kind = wave(40, 1).map(([a]) => (a > 0 ? `high ${hostile}` : 'low'))
    const som = orThrow(await fitTargets(bare, samples, { kind, size: wave(40, 1).map(([a]) => 3 * a) }))
    const rows = orThrow(prepareRows(som, samples))
    const matches = await matchPrepared(som, rows)
    const subject = { som, samples, matches, quality: qualityOf(som, rows, matches), source: 'x.csv' }
    const page = report({ ...subject, predictions: await unitPredictions(som) })
    const [, part] = /<h2>What it predicts<\/h2>(.*?)<h2>Rows/s.exec(page) ?? []
    expect(part).toMatch(/<p>kind: [\d.]+ % right on rows held out, of 40 rows in turn\.<\/p>/)
    expect(part).toMatch(/<p>size: R² [\d.]+ on rows held out/)
    expect(part.match(/<title>Predicted (kind|size)<\/title>/g)).toHaveLength(2)
    expect(part).not.toContain('<img')
    expect(report(subject)).not.toContain('What it predicts')
  })

  it('asks for nothing from anywhere', async () => {
    const page = await pageOf(wave(40, 3), ['a', 'b', 'c'])
    expect(page).toContain("default-src 'none'")
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|@import|url\((?!#)/)
  })

  it('counts clusters from 1, in its list and in the data of its map', async () => {
    const page = await pageOf(wave(40, 3), ['a', 'b', 'c'])
    expect(Array.from(page.matchAll(/<tr><td>(cluster \d)<\/td>/g), ([, name]) => name)).toEqual([
      'cluster 1',
      'cluster 2',
      'cluster 3',
    ])
    expect(page).toContain('"names":["cluster 1","cluster 2","cluster 3"]')
  })

  it('of 50 x 50 units and 20 features is below 2 MB', async () => {
    const names = Array.from({ length: 20 }, (_, f) => `feature number ${f}`)
    const page = await pageOf(wave(500, 20), names, {}, { lattice: { rows: 50, columns: 50 }, epochs: 1 })
    // Rows are let take 900,000 characters more, as the next test shows.
    expect(page.length).toBeLessThan(1_000_000)
  })

  it('of very many rows lists every so many-th, and says so', async () => {
    const page = await pageOf(
      wave(30_000, 4),
      ['a', 'b', 'c', 'd'],
      {},
      { lattice: { rows: 2, columns: 2 }, epochs: 1 },
    )
    expect(page.length).toBeLessThan(1_000_000)
    expect(page).toContain('"total":30000')
  })

  it('counts clusters from 1, in the order that they have', async () => {
    const page = await pageOf(wave(40, 3), ['a', 'b', 'c'])
    expect(payloadOf(page).clusters.names).toEqual(['cluster 1', 'cluster 2', 'cluster 3'])
    expect([...page.matchAll(/<tr><td>(cluster \d)/g)].map(([, name]) => name)).toEqual(payloadOf(page).clusters.names)
  })

  it('colours its map as plots do, so that one unit far off leaves the others to be read', async () => {
    const far = [...wave(60, 2), [900, 0]]
    const page = await pageOf(far, ['a', 'b'], {}, { epochs: 20 })
    const { layers, palettes } = payloadOf(page)
    for (const { values, levels, palette, ticks, beyond, name } of layers) {
      const map = name === 'U-matrix' ? 'cividis' : 'viridis'
      const given = values.map((value: number | null) => value ?? Number.NaN)
      const scale = colourScale(given, map, name === 'rows per unit' ? { include: 1 } : {})
      const found = Array.from(
        given,
        (_, unit) => palettes[palette][Number.parseInt(levels.slice(2 * unit, 2 * unit + 2), 16)],
      )
      // The page has five digits of a value, which may lie on the edge between two colours.
      const differing = given.filter(
        (value: number, unit: number) => found[unit] !== scale.palette[scale.levelOf(value)],
      )
      expect(differing.length).toBeLessThan(3)
      expect(ticks.map(([, text]: [number, string]) => text)).toEqual(scale.ticks(240).map(({ text }) => text))
      expect(beyond).toEqual(beyondLines(scale))
    }
    const [, , , a] = layers
    expect([a.name, a.beyond]).toEqual(['a', [expect.stringMatching(/^\d+ cells? above .*, up to /)]])
    expect(new Set(a.levels.match(/../g)).size).toBeGreaterThan(6)
  })

  it('lists the cluster of a row by its number and its name, as tables do', async () => {
    const page = await pageOf(wave(40, 3), ['a', 'b', 'c'])
    const { clusters, rows } = payloadOf(page)
    expect(rows.cluster).toEqual(rows.unit.map((unit: number) => clusters.of[unit]))
    expect(page).toContain("['cluster', 'cluster_name']")
  })

  it('has the rows of each class in each unit, every class with a colour of its own', async () => {
    const labels = wave(60, 1).map((_, i) => `class ${i % 12}`)
    const { classes, categories } = payloadOf(await pageOf(wave(60, 3), ['a', 'b', 'c'], { labels }))
    expect(classes.names).toHaveLength(12)
    expect(new Set(categories.slice(0, 12)).size).toBe(12)
    expect(classes.of).toHaveLength(30)
    expect(
      classes.of
        .flatMap((counts: number[]) => counts.filter((_, i) => i % 2 === 1))
        .reduce((sum: number, n: number) => sum + n, 0),
    ).toBe(60)
  })

  it('has no layer of classes where no row has one, or every row another of very many', async () => {
    const labels = (of: (i: number) => string) => ({ labels: wave(300, 1).map((_, i) => of(i)) })
    for (const beside of [{}, labels(() => ''), labels((i) => `row ${i}`)])
      expect(payloadOf(await pageOf(wave(300, 2), ['a', 'b'], beside)).classes).toBeUndefined()
  })

  it('cuts what long names of features begin with where there is little room, and keeps them whole beside', async () => {
    const names = ['sensor.north.hall.temperature', 'sensor.north.hall.pressure']
    const { layers } = payloadOf(await pageOf(wave(40, 2), names))
    expect(layers.slice(-2)).toMatchObject(
      names.map((name) => ({ name, short: name.replace('sensor.north.hall.', '…') })),
    )
  })

  it.each([
    ['one unit', wave(10, 2), { lattice: { rows: 1, columns: 1 } }],
    ['one feature', wave(10, 1), {}],
    ['one row per unit', wave(3, 2), { lattice: { rows: 1, columns: 3 } }],
  ])('of %s is a page', async (_, data, options) => {
    const page = await pageOf(
      data,
      data[0].map((_, f) => `f${f}`),
      {},
      options,
    )
    expect(page).toMatch(/<\/html>\n$/)
    expect(page).not.toContain('NaN')
  })
})

it('a profile says by which feature a cluster differs most, in standard deviations', () => {
  const samples = samplesOf(
    [
      [0, 5],
      [0, 6],
      [10, 5],
      [10, 6],
    ],
    ['height', 'width'],
  )
  const preprocessing = { method: 'none', cofactor: 1, centre: 0, scale: 1, factor: 1 } as const
  const features = samples.features.map((name) => ({ name, preprocessing }))
  const clusters = { method: 'ward', count: 2, of: Int32Array.of(0, 1), seed: 1 }
  const matches = { unit: Int32Array.of(0, 0, 1, 1), distance: new Float32Array(4) }
  const [low] = profilesOf({ features }, clusters, samples, matches)
  expect(low).toMatchObject({
    rows: 2,
    units: 1,
    differences: [{ feature: 'height', mean: 0, all: 5, deviations: -1 }, {}],
  })
})
