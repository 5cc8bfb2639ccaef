import { readFileSync } from 'node:fs'
import { type Lattice, matchPrepared, matrix, prepareRows, type Rows, type Som, samplesOf, train } from '@som/core'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import {
  classPiesPlot,
  clustersPlot,
  componentPlanePlot,
  componentPlanesPlot,
  gradientFieldPlot,
  hitsPlot,
  labelsPlot,
  pMatrixPlot,
  projectionPlot,
  smoothedHitsPlot,
  trainingCurvePlot,
  trajectoryPlot,
  uMatrixPlot,
  unitValuesPlot,
  uStarMatrixPlot,
} from '../index.ts'

/** A map, and rows matched to it. */
interface Mapped {
  readonly som: Som
  readonly rows: Rows
  readonly units: ArrayLike<number>
  readonly labels: readonly string[]
}

const plots: Record<string, (mapped: Mapped) => string> = {
  'u-matrix': ({ som }) => uMatrixPlot(som),
  'u-matrix-between': ({ som }) => uMatrixPlot(som, { between: true }),
  'component-plane': ({ som }) => componentPlanePlot(som, som.features[0].name),
  'component-planes': ({ som }) => componentPlanesPlot(som, { order: 'correlation' }),
  hits: ({ som }) => hitsPlot(som),
  'training-curve': ({ som }) => trainingCurvePlot(som),
  labels: ({ som, units, labels }) => labelsPlot(som, { units, labels }),
  'class-pies': ({ som, units, labels }) => classPiesPlot(som, { units, labels }),
  clusters: ({ som }) => clustersPlot(som, thirds(som)),
  'unit-values': ({ som }) => unitValuesPlot(som, som.seen?.hits ?? [], { caption: 'rows' }),
  'p-matrix': ({ som, rows }) => pMatrixPlot(som, rows),
  'u-star-matrix': ({ som, rows }) => uStarMatrixPlot(som, rows),
  'smoothed-hits': ({ som, rows }) => smoothedHitsPlot(som, rows),
  trajectory: ({ som, units }) => trajectoryPlot(som, Array.from(units).slice(150, 170)),
  'gradient-field': ({ som }) => gradientFieldPlot(som),
  projection: ({ som }) => projectionPlot(som),
}
const names = Object.keys(plots)

/** Units in three clusters by their first feature, in preprocessed units. */
function thirds({ codebook }: Som): number[] {
  return Array.from({ length: codebook.rows }, (_, unit) => {
    const value = codebook.data[unit * codebook.columns]
    return value < -0.5 ? 0 : value < 0.5 ? 1 : 2
  })
}

const PENGUINS = new URL('../../../../examples/penguins/penguins.csv', import.meta.url)

/** The penguins' four measurements on a small map, with their species. */
async function penguins(lattice: Lattice): Promise<Mapped> {
  const [head, ...lines] = readFileSync(PENGUINS, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  const chosen = [2, 3, 4, 5]
  const numbers = lines.map((line) => chosen.map((c) => Number.parseFloat(line[c])))
  const features = chosen.map((c) => head[c])
  const species = lines.map((line) => line[0])
  return mapped(numbers, features, species, lattice)
}

async function mapped(
  numbers: readonly (readonly number[])[],
  features: readonly string[],
  labels: readonly string[],
  lattice: Lattice,
): Promise<Mapped> {
  const samples = samplesOf(numbers, features)
  const trained = await train({ samples, lattice, epochs: 10, radius: { end: 0.5 } })
  if (trained.isErr) throw new Error(JSON.stringify(trained.error))
  const som = trained.value
  const prepared = prepareRows(som, samples)
  if (prepared.isErr) throw new Error(JSON.stringify(prepared.error))
  const { unit } = await matchPrepared(som, prepared.value)
  return { som, rows: prepared.value, units: unit, labels }
}

/** The names of the elements of a well-formed XML file; throws where it is not one. */
function elementsOf(svg: string): string[] {
  const found: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => found.push(tag.name))
  parser.write(svg).close()
  return found
}

function expectSound(svg: string): void {
  expect(elementsOf(svg)[0]).toBe('svg')
  expect(svg).not.toMatch(/NaN|Infinity|undefined|null/)
}

/** Colours of three digits, which are those of paper and ink. */
const pageColours = (svg: string): string[] =>
  Array.from(svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]{3})"/g), ([, at]) => at)

const lattices: Lattice[] = [
  { cell: 'rectangular', shape: 'sheet', rows: 4, columns: 6 },
  { cell: 'hexagonal', shape: 'toroid', rows: 6, columns: 5 },
]

describe.each(lattices)('on a $cell $shape', async (lattice) => {
  const penguinMap = await penguins(lattice)

  it.each(names)('%s looks as it did', async (name) => {
    const picture = `__snapshots__/${name}-${lattice.cell}-${lattice.shape}.svg`
    await expect(plots[name](penguinMap)).toMatchFileSnapshot(picture)
  })

  it.each(names)('%s is dark on a dark page: each colour that is not of data has a dark one', (name) => {
    const svg = plots[name](penguinMap)
    expect(svg).toContain('<style>@media(prefers-color-scheme:dark){')
    const colours = pageColours(svg)
    expect(colours).toContain('#fff')
    for (const colour of colours) expect(svg).toContain(`.som-plot [fill="${colour}"]{fill:#`)
  })

  it.each(names)('%s has bars that are one gradient each, which is in the drawing once', (name) => {
    const svg = plots[name](penguinMap)
    const ids = Array.from(svg.matchAll(/fill="url\(#([\w-]+)\)"/g), ([, id]) => id)
    for (const id of ids) expect(svg.split(`<linearGradient id="${id}">`)).toHaveLength(2)
    expect(svg.includes('linearGradient')).toBe(ids.length > 0)
  })

  it.each(names)('%s is well-formed and has the same bytes each time', (name) => {
    expectSound(plots[name](penguinMap))
    expect(plots[name](penguinMap)).toBe(plots[name](penguinMap))
  })
})

describe('long names', async () => {
  const names = ['temperature_of_the_inlet', 'flow', 'pressure'].map((name) => `plant_north.line_03.${name}`)
  const kinds = ['regular', 'new', 'lost'].map((kind) => `customers of the year 2026: ${kind}`)
  const numbers = Array.from({ length: 30 }, (_, i) => [i % 3, i % 5, i % 7])
  const labels = numbers.map(([kind]) => kinds[kind])
  const long = await mapped(numbers, names, labels, { cell: 'hexagonal', shape: 'sheet', rows: 4, columns: 5 })
  const drawn = {
    'component-planes': names,
    'component-plane': names.slice(0, 1),
    labels: kinds,
    'class-pies': kinds,
  }

  it.each(Object.entries(drawn))(
    '%s: what they begin with is cut, and the whole is in tooltips and read out',
    (name, wholes) => {
      const svg = plots[name](long)
      const label = svg.match(/aria-label="([^"]*)"/)?.[1]
      for (const whole of wholes) {
        expect(svg).toContain(`<title>${whole}</title>`)
        expect(label).toContain(whole)
        expect(svg).not.toContain(`>${whole}</text>`)
      }
      expect(svg).toMatch(/>… stands for [^<]* *</)
    },
  )

  it('of clusters likewise, with what they are in brackets', () => {
    const svg = clustersPlot(long.som, thirds(long.som), { names: kinds })
    expect(svg).toMatch(/<title>customers of the year 2026: regular \(\d+\)<\/title>…regular \(\d+\)<\/text>/)
    expect(svg).toContain('<title>1: customers of the year 2026: regular</title></path>')
  })

  it('too wide for their place lose their middle, since ends differ', () => {
    const wide = ['first', 'last'].map((end) => `${'x'.repeat(90)}${end}`)
    const svg = clustersPlot(
      long.som,
      thirds(long.som).map((third) => third % 2),
      { names: wide },
    )
    expect(svg).toMatch(/>x+…x*first \(\d+\)</)
    expect(svg).toMatch(/>x+…x*last \(\d+\)</)
  })
})

describe('bad input', async () => {
  const fine = await penguins({ cell: 'rectangular', shape: 'sheet', rows: 2, columns: 2 })

  it('options that are no use are refused, each by its name', () => {
    const { som, rows } = fine
    for (const size of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => uMatrixPlot(som, { size })).toThrow(`size: expected a finite number of at least 50, found ${size}`)
      expect(() => projectionPlot(som, { size })).toThrow('size: ')
      expect(() => trainingCurvePlot(som, { size })).toThrow('size: ')
    }
    expect(() => componentPlanesPlot(som, { across: 0 })).toThrow('across: ')
    expect(() => smoothedHitsPlot(som, rows, { nearest: Number.NaN })).toThrow('nearest: ')
    expect(() => gradientFieldPlot(som, { radius: 0 })).toThrow('radius: expected a finite number above 0')
    expect(() => pMatrixPlot(som, rows, { radius: -1 })).toThrow('radius: ')
    // @ts-expect-error: plain JavaScript may say anything
    expect(() => uMatrixPlot(som, { colours: 'rainbow' })).toThrow('colours: expected one of viridis, cividis, greys')
  })

  it('names of options that are not known are refused, with the one that was meant', () => {
    const { som, rows, units, labels } = fine
    const wrong: Record<string, (options: object) => string> = {
      'u-matrix': (options) => uMatrixPlot(som, options),
      'component-plane': (options) => componentPlanePlot(som, som.features[0].name, options),
      'component-planes': (options) => componentPlanesPlot(som, options),
      hits: (options) => hitsPlot(som, options),
      'training-curve': (options) => trainingCurvePlot(som, options),
      labels: (options) => labelsPlot(som, { units, labels }, options),
      'class-pies': (options) => classPiesPlot(som, { units, labels }, options),
      clusters: (options) => clustersPlot(som, thirds(som), options),
      'unit-values': (options) => unitValuesPlot(som, [1, 2, 3, 4], options),
      'p-matrix': (options) => pMatrixPlot(som, rows, options),
      'u-star-matrix': (options) => uStarMatrixPlot(som, rows, options),
      'smoothed-hits': (options) => smoothedHitsPlot(som, rows, options),
      trajectory: (options) => trajectoryPlot(som, units, options),
      'gradient-field': (options) => gradientFieldPlot(som, options),
      projection: (options) => projectionPlot(som, options),
    }
    for (const draw of Object.values(wrong)) {
      expect(() => draw({ titel: 'x' })).toThrow('titel: no such option; did you mean title?')
      expectSound(draw({ title: 'x', size: 100 }))
    }
    expect(() => wrong.hits({ scael: 'log', x: 1 })).toThrow(
      'scael: no such option; did you mean scale? x: no such option.',
    )
    expect(() => wrong.clusters({ scale: 'log' })).toThrow('scale: no such option. Expected title, size, names')
  })

  it('no feature asked for is a plot of none, and an unknown one is refused', () => {
    expectSound(componentPlanesPlot(fine.som, { features: [] }))
    expect(() => componentPlanePlot(fine.som, 'wings')).toThrow('feature: expected one of bill_length_mm')
  })

  it('an empty history is a plot that says so', () => {
    const svg = trainingCurvePlot({ training: { ...fine.som.training, history: [] } })
    expectSound(svg)
    expect(svg).toContain('No epoch was recorded')
  })

  it('twenty clusters have twenty numbers', () => {
    const lattice: Lattice = { cell: 'hexagonal', shape: 'sheet', rows: 4, columns: 5 }
    const svg = clustersPlot({ lattice }, [...Array(20).keys()])
    expectSound(svg)
    for (let number = 1; number <= 20; number++) expect(svg).toContain(`>${number}</text>`)
    expect(svg).not.toContain('>0</text>')
  })

  it('a picture counts clusters from 1, in the order of their places, on the map and in the legend', () => {
    const lattice: Lattice = { cell: 'rectangular', shape: 'sheet', rows: 2, columns: 2 }
    const texts = (svg: string) => Array.from(svg.matchAll(/<text[^>]*>([^<]*)</g), ([, text]) => text)
    expect(texts(clustersPlot({ lattice }, [1, 0, 0, -1]))).toEqual(expect.arrayContaining(['1', '2']))
    const named = texts(clustersPlot({ lattice }, [2, 0, 0, 2], { names: ['tall', 'none of these', ''] }))
    expect(named).toEqual(expect.arrayContaining(['1', '3', 'tall (2)', ' (2)']))
    expect(texts(clustersPlot({ lattice }, [2, 0, 0, 2]))).toEqual(
      expect.arrayContaining(['cluster 1 (2)', 'cluster 3 (2)']),
    )
  })

  const markup = '<b title="x">R&D, \u0000\ud800\' ]]></b>'
  const oneUnit = await mapped([[1], [2]], [markup], [markup, ''], {
    cell: 'rectangular',
    shape: 'sheet',
    rows: 1,
    columns: 1,
  })
  const oneRow = await mapped([[1], [2], [Number.NaN]], ['x'], ['a', 'b', 'c'], {
    cell: 'hexagonal',
    shape: 'sheet',
    rows: 1,
    columns: 3,
  })

  it.each(names)('%s of one unit and one feature with markup for a name and a label', (name) => {
    const svg = plots[name](oneUnit)
    expectSound(svg)
    expect(elementsOf(svg)).not.toContain('b')
  })

  it.each(names)('%s of one row of units', (name) => {
    expectSound(plots[name](oneRow))
  })

  it.each(names)('%s of any codebook, with equal, missing, infinite, tiny and huge values', async (name) => {
    const small = await penguins({ cell: 'hexagonal', shape: 'toroid', rows: 2, columns: 3 })
    const { rows, columns } = small.som.codebook
    const numbers = fc.oneof(fc.float(), fc.constantFrom(0, 1, Number.NaN, 3e38, -3e38, 1e-45))
    fc.assert(
      fc.property(fc.array(numbers, { minLength: rows * columns, maxLength: rows * columns }), (data) => {
        const codebook = matrix(rows, columns, Float32Array.from(data))
        expectSound(plots[name]({ ...small, som: { ...small.som, codebook } }))
      }),
      { numRuns: 25 },
    )
  })
})
