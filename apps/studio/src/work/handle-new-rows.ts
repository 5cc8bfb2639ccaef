import { drift, type Issue, prepareRows, pValue, type Samples, type Som } from '@som/core'
import { openTable } from '@som/io'
import { causeGroups, causesOf } from '@som/recipes'
import Result from 'true-myth/result'
import { readTable } from '../table/read-table.ts'
import { pageBackend } from './backend.ts'
import { matched, NO_MAP, rowsOnMap, samplesFor } from './handle-map.ts'
import { need, opened } from './opened.ts'
import type { MovedFeature, NewRows } from './worker-api.ts'

/** The farthest rows, whose causes are named. */
const MOST_FAR = 50

/** Matches another table with the map: how far each row is, how all of them have moved, and which features did so. */
export async function matchNew(name: string, bytes: Uint8Array): Promise<Result<NewRows, readonly Issue[]>> {
  const som = need(opened.som, NO_MAP)
  const table = await openTable({ name, contents: bytes }, { features: som.features })
  if (table.isErr) return Result.err(table.error.issues)
  const samples = await samplesFor(table.value, som)
  if (samples.isErr) return Result.err(samples.error)
  const found = await matched(som, samples.value)
  if (found.isErr) return Result.err(found.error)
  const { unit, distance } = found.value
  const { seen } = som
  const known = await rowsOnMap(som)
  const { backend } = await pageBackend()
  const drifted = known === null ? null : await drift(som, known, samples.value, {}, { backend })
  return Result.ok({
    ...{ table: await readTable(table.value), unit, distance },
    pValue: Float64Array.from(distance, (d) => (seen === null || Number.isNaN(d) ? Number.NaN : pValue(seen, d))),
    drift: drifted?.isOk ? drifted.value : null,
    moved: known === null ? [] : movedFeatures(known, samples.value),
    far: farRows(som, samples.value, found.value),
  })
}

function movedFeatures(before: Samples, after: Samples): MovedFeature[] {
  return before.features
    .map((name) => {
      const [a, b] = [before, after].map((samples) => momentsOf(samples, samples.features.indexOf(name)))
      return { name, before: a.mean, after: b.mean, deviations: (b.mean - a.mean) / a.deviation }
    })
    .filter(({ deviations }) => Number.isFinite(deviations))
    .sort((a, b) => Math.abs(b.deviations) - Math.abs(a.deviations))
}

/** The mean and the standard deviation of a feature's known values. */
function momentsOf({ data, rows, features }: Samples, at: number): { mean: number; deviation: number } {
  let [count, mean, squares] = [0, 0, 0]
  for (let row = 0; row < rows; row++) {
    const x = data[row * features.length + at]
    if (Number.isNaN(x)) continue
    const before = x - mean
    mean += before / ++count
    squares += before * (x - mean)
  }
  return { mean: count > 0 ? mean : Number.NaN, deviation: Math.sqrt(squares / count) }
}

function farRows(som: Som, samples: Samples, { unit, distance }: Pick<NewRows, 'unit' | 'distance'>): NewRows['far'] {
  const order = Array.from(unit.keys()).filter((row) => unit[row] >= 0)
  const rows = order.sort((a, b) => distance[b] - distance[a]).slice(0, MOST_FAR)
  const width = som.features.length
  const places = som.features.map(({ name }) => samples.features.indexOf(name))
  const values = Float64Array.from({ length: rows.length * width }, (_, at) => {
    const place = places[at % width]
    return place < 0 ? Number.NaN : samples.data[rows[Math.floor(at / width)] * samples.features.length + place]
  })
  const prepared = prepareRows(som, { features: som.features.map(({ name }) => name), rows: rows.length, data: values })
  const matrix = prepared.isOk ? prepared.value.matrix : null
  const groups = causeGroups(som.features)
  return rows.map((row, i) => ({
    row,
    causes: matrix === null || 'offsets' in matrix ? [] : causesOf(som, groups, matrix, values, i, unit[row]),
  }))
}
