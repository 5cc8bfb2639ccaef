import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { orThrow } from '../or-throw.ts'
import { match } from '../read/match.ts'
import { type Matrix, matrix } from '../rows/matrix.ts'
import type { Som } from '../som.ts'
import { train } from './train.ts'

/**
 * What `supersom` of the R package kohonen 3.0.11 finds of its 177 wines in batch mode, which draws nothing: 5 x 5
 * hexagonal units, radius 3 to 0.5 over 20 epochs, a layer of 13 z-scored measurements (sumofsquares) and one of the
 * vintage (tanimoto). `fixtures/wines.csv` is the table of M. Forina and S. Aeberhard (UCI, CC BY 4.0) as scikit-learn
 * ships it, less its first row, which kohonen lacks.
 */
const KOHONEN = {
  scales: [0.0350611200082, 2.1844660194175],
  meanDistance: 0.0698027358513,
  codes: [1.190672660728, -0.410339553681, -0.177999288036],
}

/** Prototypes and rows are of 32 bits here, of 64 there. */
const AGREE = 1e-6

const table = readFileSync(new URL('../../fixtures/wines.csv', import.meta.url), 'utf8')
const [names, ...lines] = table
  .trim()
  .split('\n')
  .map((line) => line.split(','))
const chemistry = names.slice(0, -1)
const vintages = ['Barbera', 'Barolo', 'Grignolino']
const features = [...chemistry, ...vintages]
const [SIDE, EPOCHS] = [5, 20]

const scaled = chemistry.map((_, f) => {
  const values = lines.map((line) => Number(line[f]))
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1))
  return values.map((x) => (x - mean) / deviation)
})
const vintageOf = (i: number): string => lines[i][chemistry.length]
const rowOf = (i: number): number[] => [
  ...scaled.map((values) => values[i]),
  ...vintages.map((vintage) => (vintageOf(i) === vintage ? 1 : 0)),
]
const all = lines.map((_, i) => i)
const trained = all.filter((i) => i % 3 !== 2)
const heldOut = all.filter((i) => i % 3 === 2)

/**
 * The start: rows evenly spaced, counted from 1, a half rounded to the even neighbour. kohonen shifts the first row of
 * units to the right and Som the second, so that columns are in opposite order.
 */
function start(): Matrix {
  const codebook = matrix(SIDE * SIDE, features.length)
  for (let unit = 0; unit < SIDE * SIDE; unit++) {
    const place = 1 + (unit * (trained.length - 1)) / (SIDE * SIDE - 1)
    const nearest = place % 1 === 0.5 ? 2 * Math.round(place / 2) : Math.round(place)
    codebook.data.set(rowOf(trained[nearest - 1]), mirrored(unit) * features.length)
  }
  return codebook
}

const mirrored = (unit: number): number => unit - (unit % SIDE) + (SIDE - 1 - (unit % SIDE))

describe('a batch supersom of kohonen on wines', () => {
  let som: Som
  beforeAll(async () => {
    const data = Float64Array.from(trained.flatMap(rowOf))
    const found = await train({
      samples: { features, rows: trained.length, data },
      lattice: { cell: 'hexagonal', rows: SIDE, columns: SIDE },
      layers: [
        { name: 'chemistry', features: chemistry },
        { name: 'vintage', features: vintages, metric: 'tanimoto' },
      ],
      preprocessing: 'none',
      initial: start(),
      epochs: EPOCHS,
      // kohonen's radius falls by as much at each epoch, and would be at its end after the last.
      radius: { start: 3, end: 0.5, decay: (p, first, last) => first - ((first - last) * p * (EPOCHS - 1)) / EPOCHS },
    })
    som = orThrow(found)
  })

  it('has its distance.weights as scales', () => {
    for (const [i, { scale }] of (som.layers ?? []).entries())
      expect(Math.abs(scale - KOHONEN.scales[i])).toBeLessThan(AGREE)
    expect(som.layers).toHaveLength(2)
  })

  it('has its mean distance, which kohonen divides by the sum of its weights', () => {
    const total = KOHONEN.scales[0] + KOHONEN.scales[1]
    expect(Math.abs((som.seen?.quantizationError ?? 0) / total - KOHONEN.meanDistance)).toBeLessThan(AGREE)
  })

  it('has its codes', () => {
    const at = mirrored(0) * features.length
    for (const [f, code] of KOHONEN.codes.entries())
      expect(Math.abs(som.codebook.data[at + f] - code)).toBeLessThan(AGREE)
  })

  it('tells the vintage of all 59 rows that it has not seen, from the other layer alone', async () => {
    const unknown = vintages.map(() => Number.NaN)
    const data = Float64Array.from(heldOut.flatMap((i) => [...rowOf(i).slice(0, chemistry.length), ...unknown]))
    const { unit } = orThrow(await match(som, { features, rows: heldOut.length, data }))
    const told = Array.from(unit, (k) => {
      const of = som.codebook.data.subarray(k * features.length + chemistry.length, (k + 1) * features.length)
      return vintages[of.indexOf(Math.max(...of))]
    })
    expect(told).toEqual(heldOut.map(vintageOf))
    expect(told).toHaveLength(59)
  })
})
