import {
  type Backend,
  type Calibration,
  checkByTable,
  checkRuntime,
  checkSom,
  checkTable,
  type Issue,
  Issues,
  js,
  type Matrix,
  metricName,
  type Option,
  type Samples,
  type Som,
} from '@som/core'
import Result from 'true-myth/result'
import { constantsOf } from './constants.ts'
import { Deriver } from './deriver.ts'
import { Drift, driftRule } from './drift.ts'
import { type ReadingFeature, readingFeatures } from './reading-features.ts'
import { referenceOf } from './reference.ts'
import { preprocessed } from './rows.ts'
import { Sensors } from './sensors.ts'

/** Fewer rows than this say too little about the distances of normal rows. */
export const LEAST_CALIBRATION = 20
/** If there are more, they are thinned evenly: p-values are then fine enough. */
const MOST_CALIBRATION = 100_000

/** What is known about readings besides the distances of held-out rows. */
export type About = Pick<Calibration, 'columns' | 'derived' | 'time' | 'heldOut' | 'runs' | 'constants'>

/** A Som with the distances of held-out rows: `rows` are features in the map's units, in order. */
export async function calibrated(som: Som, rows: Matrix, about: About, backend: Backend = js()): Promise<Som> {
  const { lattice, metric, kernel, codebook } = som
  const session = await backend.open({ lattice, metric, kernel }, { matrix: rows }, codebook)
  try {
    const { unit, distance } = await session.match(undefined, { second: false })
    const kept = thinned(unit)
    kept.sort((a, b) => unit[a] - unit[b] || distance[a] - distance[b])
    const counts = new Uint32Array(codebook.rows)
    for (const i of kept) counts[unit[i]]++
    const fitted = { ...about, distances: Float32Array.from(kept, (i) => distance[i]), counts }
    const calibration = { ...fitted, drift: { farther: 0, nearer: 0 } }
    return { ...som, calibration: { ...calibration, drift: largestSums(calibration, som, unit, distance) } }
  } finally {
    session.close()
  }
}

const TABLE: Readonly<Record<string, Option>> = { time: { kind: 'object' }, backend: { kind: 'object' } }

/**
 * Calibrates a trained map for watching, with normal rows that it was not trained on. Its metric must be euclidean, so
 * that squared distances divide into shares of features.
 */
export async function calibrate(
  som: Som,
  given: Samples,
  options: { readonly time?: string; readonly backend?: Backend } = {},
): Promise<Result<Som, readonly Issue[]>> {
  const issues = new Issues()
  if (!checkSom(som, issues)) return Result.err(issues.list)
  if (som.seen === null) issues.add('som', 'expected a fully trained map, found an unfinished one')
  if (som.metric !== 'euclidean')
    issues.add('som', `expected a map with euclidean distance, found ${metricName(som.metric)}`)
  checkByTable(options, TABLE, issues)
  checkRuntime({ backend: options?.backend }, ['backend'], issues, '')
  const samples = checkTable(given, issues, LEAST_CALIBRATION)
  if (samples === null) return Result.err(issues.list)
  const features = readingFeatures(som)
  const columns = features.map(({ name }) => name)
  const places = columns.map((name) => samples.features.indexOf(name))
  columns.forEach((name, c) => {
    if (places[c] < 0) issues.add(name, 'this feature was in training but is not in these rows')
  })
  if (issues.list.length > 0) return Result.err(issues.list)
  const derived = som.calibration?.derived ?? columns.map((_, column) => ({ column, by: 'value' as const, steps: 0 }))
  const readings = columnsOf(samples, places)
  const values = new Deriver(columns.length, derived).features(readings, samples.rows)
  const same = constantsOf(readings, columns.length, (c) => features[c].source === undefined)
  // A column that varies in normal rows is not constant.
  const constants = (som.calibration?.constants ?? []).filter(({ column, value }) =>
    same.some((one) => one.column === column && one.value === value),
  )
  const about = {
    columns,
    derived,
    ...(options.time !== undefined && { time: options.time }),
    heldOut: 'given' as const,
    runs: runsOf(features, readings, samples.rows),
    ...(constants.length > 0 && { constants }),
  }
  return Result.ok(await calibrated(som, preprocessed(som, values, samples.rows), about, options.backend))
}

/** The readings of some columns of a table, row by row. */
export function columnsOf({ data, features, rows }: Samples, places: readonly number[]): Float64Array {
  const readings = new Float64Array(rows * places.length)
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < places.length; c++) readings[i * places.length + c] = data[i * features.length + places[c]]
  }
  return readings
}

/** The longest runs of each column. */
export function runsOf(features: readonly ReadingFeature[], readings: Float64Array, rows: number): Calibration['runs'] {
  const sensors = new Sensors(features)
  for (let i = 0; i < rows; i++) sensors.add(readings, i * features.length, () => {})
  return sensors.runs()
}

function thinned(unit: Int32Array): number[] {
  const matched = Array.from(unit.keys()).filter((i) => unit[i] >= 0)
  if (matched.length <= MOST_CALIBRATION) return matched
  return Array.from(
    { length: MOST_CALIBRATION },
    (_, k) => matched[Math.floor((k * matched.length) / MOST_CALIBRATION)],
  )
}

function largestSums(
  calibration: Calibration,
  som: Som,
  unit: Int32Array,
  distance: Float32Array,
): Calibration['drift'] {
  const reference = referenceOf(calibration, som.seen?.hits ?? [], 1)
  const drift = new Drift({ ...driftRule(calibration.distances.length, { farther: 0, nearer: 0 }), limit: UNLIMITED })
  distance.forEach((d, i) => void drift.add(reference.p(unit[i], d), i))
  return drift.largest
}

const UNLIMITED = { farther: Infinity, nearer: Infinity }
