import {
  type Backend,
  checkByTable,
  checkRuntime,
  checkTable,
  type Issue,
  Issues,
  js,
  match,
  OPTIONS,
  type Option,
  prepareRows,
  type Samples,
  type Som,
  show,
  train,
} from '@som/core'
import Result from 'true-myth/result'
import { calibrated, columnsOf, LEAST_CALIBRATION, runsOf } from './calibrate.ts'
import { constantsOf } from './constants.ts'
import { type Derive, derivedOf } from './derive.ts'
import { Deriver } from './deriver.ts'
import { holdOut } from './hold-out.ts'
import { preprocessed } from './rows.ts'
import { weighByResiduals } from './weigh.ts'

/** How to make a map for watching. Everything has a default. */
export interface NormalOptions {
  /** Windows, lags and differences in addition to the columns: none. */
  readonly derive?: readonly Derive[]
  /** The time column; it is not a feature and only kept for watching. */
  readonly time?: string
  /** The share of rows held out of training for calibration: a quarter. */
  readonly heldOut?: number
  /** Units: one per four training rows, from 4 to 1024. */
  readonly lattice?: { readonly rows: number; readonly columns: number }
  /** How often every row is presented: 20. */
  readonly epochs?: number
  /** The seed of all random numbers: 0. */
  readonly seed?: number
}

export interface NormalRuntime {
  /** `js()` by default. */
  readonly backend?: Backend
  readonly signal?: AbortSignal
}

const MOST_UNITS = 1024
/**
 * Distances to a map that fits closely show unusual rows best: the final radius is smaller than the default for maps to
 * look at.
 */
const LAST_RADIUS = 0.5
/** Epochs after the features are weighted, in which prototypes settle for the distances that watching uses. */
const SETTLING = { epochs: 2, radius: { start: LAST_RADIUS, end: LAST_RADIUS } }

const TABLE: Readonly<Record<keyof NormalOptions, Option>> = {
  derive: { kind: 'object' },
  time: { kind: 'object' },
  heldOut: { kind: 'object' },
  lattice: { kind: 'group', of: { rows: { kind: 'integer', least: 1 }, columns: { kind: 'integer', least: 1 } } },
  epochs: { kind: 'integer', least: 1 },
  seed: OPTIONS.seed,
}

/**
 * Learns what is normal from normal rows: derives features, holds some rows out, trains a map on the others, weights
 * its features by their residuals, and calibrates it on the held-out rows. The Som is everything that watching needs,
 * and is one file.
 */
export async function learnNormal(
  rows: Samples,
  options: NormalOptions = {},
  runtime: NormalRuntime = {},
): Promise<Result<Som, readonly Issue[]>> {
  const issues = new Issues()
  checkRuntime(runtime, ['backend', 'signal'], issues)
  const { backend = js(), signal } = runtime ?? {}
  const samples = checkTable(rows, issues, 1)
  const { derive = [], heldOut = 0.25, epochs, seed = OPTIONS.seed.default, time } = options ?? {}
  const given = samples?.features.map((name, f) => ({ name, source: samples.sources?.[f] })) ?? []
  const derivation = derivedOf(given, derive)
  // Which columns can be derived from, only the rows know.
  if (derivation.isErr && samples !== null) for (const { path, message } of derivation.error) issues.add(path, message)
  checkByTable(options, TABLE, issues)
  if (!(typeof heldOut === 'number' && heldOut > 0 && heldOut < 1))
    issues.add('heldOut', `expected a share between 0 and 1, found ${show(heldOut)}`)
  if (time !== undefined && typeof time !== 'string')
    issues.add('time', `expected the name of a column, found ${show(time)}`)
  if (samples === null || derivation.isErr || issues.list.length > 0) return Result.err(issues.list)
  const { names, derived } = derivation.value
  const readings = columnsOf(samples, Array.from(samples.features.keys()))
  const deriver = new Deriver(samples.features.length, derived)
  const values = deriver.features(readings, samples.rows)
  const split = holdOut(samples.rows, heldOut, deriver.depth, seed)
  if (split.heldOut.length < LEAST_CALIBRATION || split.training.length < 4) {
    const message = `expected at least ${LEAST_CALIBRATION} rows held out and 4 to train on, found ${split.heldOut.length} and ${split.training.length} of ${samples.rows}; give more rows`
    return Result.err([{ path: 'samples', message }])
  }
  const sources = derived.map(({ column, by }) => (by === 'value' ? given[column].source : undefined))
  const training = {
    ...rowsAt(names, values, split.training),
    ...(sources.some(Boolean) && { sources }),
    ...(samples.decimal && { decimal: samples.decimal }),
  }
  const lattice = options.lattice ?? latticeFor(split.training.length)
  const first = await train(
    { samples: training, lattice, epochs, radius: { end: LAST_RADIUS }, seed },
    { backend, signal },
  )
  if (first.isErr) return Result.err(first.error)
  const settled = await settle(first.value, training, { backend, signal })
  if (settled.isErr) return Result.err(settled.error)
  const som = settled.value
  if (som.seen === null) return Result.err([{ path: '', message: 'training was interrupted' }])
  // A constant feature is left out, and then not derived either.
  const kept = som.features.map(({ name }) => names.indexOf(name))
  const held = rowsAt(names, values, split.heldOut)
  // A derived feature is read only if the map has it: only the map remembers how it is derived.
  const read = given.flatMap(({ source }, column) => (source === undefined || kept.includes(column) ? [column] : []))
  const readBy = columnsOf(samples, read)
  const constants = constantsOf(readBy, read.length, (c) => given[read[c]].source === undefined)
  const about = {
    columns: read.map((column) => given[column].name),
    derived: kept.map((f) => ({ ...derived[f], column: read.indexOf(derived[f].column) })),
    ...(time !== undefined && { time }),
    heldOut: deriver.depth > 0 ? ('blocks' as const) : ('rows' as const),
    runs: runsOf(
      read.map((column) => given[column]),
      readBy,
      samples.rows,
    ),
    ...(constants.length > 0 && { constants }),
  }
  return Result.ok(await calibrated(som, preprocessed(som, columnsOf(held, kept), held.rows), about, backend))
}

async function settle(
  som: Som,
  training: Samples,
  runtime: Required<Pick<NormalRuntime, 'backend'>> & NormalRuntime,
): Promise<Result<Som, readonly Issue[]>> {
  if (som.seen === null) return Result.ok(som)
  const rows = prepareRows(som, training)
  const matches = await match(som, training, { ...runtime, second: false })
  if (rows.isErr || matches.isErr) throw new Error('the training rows could not be matched')
  const { matrix } = rows.value
  if ('offsets' in matrix) throw new Error('the training rows are dense')
  return train({ samples: training, from: weighByResiduals(som, matrix, matches.value), ...SETTLING }, runtime)
}

function latticeFor(rows: number): { rows: number; columns: number } {
  const units = Math.min(MOST_UNITS, Math.max(4, rows / 4))
  const side = Math.max(2, Math.round(Math.sqrt(units)))
  return { rows: side, columns: Math.max(2, Math.round(units / side)) }
}

function rowsAt(features: readonly string[], values: Float64Array, chosen: Uint32Array): Samples {
  const width = features.length
  const data = new Float64Array(chosen.length * width)
  chosen.forEach((row, at) => {
    data.set(values.subarray(row * width, (row + 1) * width), at * width)
  })
  return { features, rows: chosen.length, data }
}
