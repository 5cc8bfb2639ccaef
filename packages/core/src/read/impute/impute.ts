import Result from 'true-myth/result'
import { MOST_NEAREST, type Session, type Watch } from '../../backend/backend.ts'
import { pacer } from '../../backend/js/pacer.ts'
import { checkRuntime } from '../../check-runtime.ts'
import { checkSom } from '../../check-som.ts'
import { type Issue, Issues } from '../../issue.ts'
import { checkByTable } from '../../plan/check-value.ts'
import type { Option } from '../../plan/option-table.ts'
import { random } from '../../random.ts'
import { checkSamples, type RowsInput } from '../../rows/check-samples.ts'
import { exactRow, type PreparedRows } from '../../rows/exact-row.ts'
import { isSparse } from '../../rows/matrix.ts'
import { hasNames, placesOf, prepareRows } from '../../rows/prepare.ts'
import { fromPreprocessed } from '../../rows/preprocessing.ts'
import type { Samples } from '../../rows/samples.ts'
import type { Som } from '../../som.ts'
import { inSession } from '../in-session.ts'
import type { MatchRuntime } from '../match.ts'
import { rowFiller } from './fill-row.ts'

export interface ImputeOptions {
  /**
   * 0, the default, gives the expected values. From 1 on each number gives other values, drawn from those that the
   * rows may have had: what varies between draws is uncertain.
   */
  readonly draw?: number
  /** Seeds the draws: 0 by default. */
  readonly seed?: number
}

/** Rows whose missing values are filled in. */
export interface Imputed {
  /** The rows that were given, with the missing values of the map's features filled in, in their own units. */
  readonly samples: Samples
  /** 1 where a value was filled in: rows × features of `samples`. */
  readonly filled: Uint8Array
  /** Best-matching units; -1 for a row without a value in any feature, which stays as it was. */
  readonly unit: Int32Array
}

/** What a map fills into rows. */
export interface Imputations {
  /** Best-matching units; -1 for a row without a value in any feature. */
  readonly unit: Int32Array
  /**
   * rows × features of the map: values in the user's units where one was missing, and NaN where one was there or the
   * row has no unit.
   */
  readonly values: Float64Array
}

const IMPUTE_OPTIONS: Readonly<Record<keyof ImputeOptions, Option>> = {
  draw: { kind: 'integer', least: 0 },
  seed: { kind: 'integer', least: 0 },
}

/**
 * Fills in the missing values of rows from the units that are nearest by the values that are there (see `rowFiller`).
 * Of a category, the most likely level gets 1 and the others 0. Rows are treated as `match` treats them.
 */
export async function impute(
  som: Som,
  rows: RowsInput,
  options: ImputeOptions = {},
  runtime: Omit<MatchRuntime, 'second'> = {},
): Promise<Result<Imputed, readonly Issue[]>> {
  const issues = new Issues()
  checkRuntime(runtime, ['backend', 'signal'], issues)
  checkByTable(options, IMPUTE_OPTIONS, issues)
  if (!checkSom(som, issues)) return Result.err(issues.list)
  const samples = checkSamples(rows, issues)
  if (samples && isSparse(samples))
    issues.add('samples', 'expected dense rows: what sparse rows lack is 0, not missing')
  const prepared = samples && !isSparse(samples) ? prepareRows(som, rows) : null
  if (prepared?.isErr) return Result.err([...issues.list, ...prepared.error])
  if (issues.list.length > 0 || !samples || isSparse(samples) || !prepared) return Result.err(issues.list)
  const { backend, signal } = runtime
  const found = await inSession(
    som,
    prepared.value,
    (session) => imputeIn(session, som, prepared.value, options, { signal }),
    backend,
  )
  return Result.ok(filledIn(som, samples, hasNames(rows), found))
}

/** As `impute`, in an open session of the map; `firstRow` is the number of rows that earlier calls were given. */
export async function imputeIn(
  session: Pick<Session, 'nearest'>,
  som: Pick<Som, 'features' | 'codebook' | 'metric' | 'seen'>,
  rows: PreparedRows,
  { draw = 0, seed = 0 }: ImputeOptions = {},
  { signal, firstRow = 0 }: Pick<Watch, 'signal'> & { readonly firstRow?: number } = {},
): Promise<Imputations> {
  const { features } = som
  const width = features.length
  const count = rows.matrix.rows
  const near = await session.nearest(MOST_NEAREST, rows, { signal })
  const values = new Float64Array(count * width).fill(Number.NaN)
  const fill = rowFiller(som)
  const categories = categoriesOf(features)
  const pace = pacer({ signal })
  for (let i = 0; i < count; i++) {
    const row = exactRow(rows, i)
    const missing = row.map((x) => (Number.isNaN(x) ? 1 : 0))
    if (!missing.includes(1)) continue
    fill(row, near, i, draw > 0 ? random(seed, 'impute', draw, firstRow + i) : undefined)
    const to = i * width
    features.forEach(({ preprocessing }, f) => {
      if (missing[f]) values[to + f] = fromPreprocessed(preprocessing, row[f])
    })
    for (const levels of categories) if (levels.every((f) => missing[f])) chooseLevel(values, to, levels)
    if (pace.due(MOST_NEAREST * MOST_NEAREST * width)) await pace.pause(i / count)
  }
  return { unit: Int32Array.from({ length: count }, (_, i) => near.unit[i * near.k]), values }
}

/** The features of the levels of each category. */
function categoriesOf(features: Som['features']): number[][] {
  const found = new Map<string, number[]>()
  features.forEach(({ source }, f) => {
    if (source && 'level' in source) found.set(source.column, [...(found.get(source.column) ?? []), f])
  })
  return [...found.values()]
}

/** 1 for the level with the greatest value, 0 for the others; NaN stays where nothing was filled in. */
function chooseLevel(values: Float64Array, at: number, levels: readonly number[]): void {
  if (Number.isNaN(values[at + levels[0]])) return
  const best = levels.reduce((most, f) => (values[at + f] > values[at + most] ? f : most))
  for (const f of levels) values[at + f] = f === best ? 1 : 0
}

function filledIn(som: Som, samples: Samples, byName: boolean, { unit, values }: Imputations): Imputed {
  const columns = samples.features.length
  const data = Float64Array.from(samples.data)
  const filled = new Uint8Array(data.length)
  placesOf(som, samples, byName).forEach((column, f) => {
    for (let i = 0; i < samples.rows; i++) {
      const value = values[i * som.features.length + f]
      if (Number.isNaN(value)) continue
      data[i * columns + column] = value
      filled[i * columns + column] = 1
    }
  })
  return { samples: { ...samples, data }, filled, unit }
}
