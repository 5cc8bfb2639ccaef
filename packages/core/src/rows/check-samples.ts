import { type Issues, show } from '../issue.ts'
import { TIME_PARTS } from './feature-source.ts'
import { isSparse, type Matrix, type SparseMatrix } from './matrix.ts'
import type { Samples } from './samples.ts'

/**
 * The accepted forms of rows: a table with names, a matrix, sparse rows, or plain arrays (null and NaN are missing).
 */
export type RowsInput = Samples | Matrix | SparseSamples | readonly (readonly (number | null)[])[]

/** Sparse rows, with an optional finite weight of at least 0 per row. */
export interface SparseSamples extends SparseMatrix {
  readonly weights?: Float32Array
  /** One name per column; by default `feature 1`, `feature 2`, … */
  readonly names?: readonly string[]
}

/**
 * Checks the caller's samples: returns a table whose numbers are finite or NaN, or sparse rows; null if there are
 * issues.
 */
export function checkSamples(input: unknown, issues: Issues): Samples | SparseSamples | null {
  const before = issues.list.length
  const samples = Array.isArray(input) ? fromArrays(input, issues) : fromObject(input, issues)
  if (samples === null || issues.list.length > before) return null
  checkFinite(samples, issues)
  return issues.list.length > before ? null : samples
}

function fromArrays(rows: readonly unknown[], issues: Issues): Samples | null {
  const first = rows[0]
  if (rows.length === 0) {
    issues.add('samples', 'expected at least 1 row, found 0')
    return null
  }
  if (typeof first === 'object' && first !== null && !isList(first)) {
    issues.add('samples', 'expected rows of numbers, found objects; make a table of them first with samplesOf(rows)')
    return null
  }
  if (!isList(first) || first.length === 0) {
    issues.add('samples', `expected rows of at least 1 number, found ${show(first)} as the first`)
    return null
  }
  const columns = first.length
  const data = new Float64Array(rows.length * columns)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]
    if (!isList(row) || row.length !== columns) {
      const found = isList(row) ? `${row.length}` : show(row)
      issues.add(`samples[${i}]`, `expected ${columns} numbers as in the first row, found ${found}`)
      return null
    }
    for (let f = 0; f < columns; f++) {
      const value: unknown = row[f]
      if (typeof value === 'number') data[i * columns + f] = value
      else if (value === null || value === undefined) data[i * columns + f] = Number.NaN
      else {
        issues.add(`samples[${i}][${f}]`, `expected a number, or null for missing, found ${show(value)}`)
        return null
      }
    }
  }
  return { features: namesUpTo(columns), rows: rows.length, data }
}

/** An unchecked object. */
type Untrusted = { readonly [key in keyof (Samples & Matrix & SparseSamples)]?: unknown }

function fromObject(input: unknown, issues: Issues): Samples | SparseSamples | null {
  if (ArrayBuffer.isView(input)) {
    issues.add('samples', 'expected rows, found a flat array; give { rows, columns, data } with it as the data')
    return null
  }
  if (typeof input !== 'object' || input === null) {
    issues.add('samples', `expected a table, a matrix or an array of rows, found ${show(input)}`)
    return null
  }
  // Each property is checked before it is used.
  const given = input as Untrusted
  const rows = given.rows
  if (!issues.integer('samples.rows', rows, 1, 2 ** 31 - 1)) return null
  if (given.offsets !== undefined) return fromSparse(given, rows, issues)
  const features = given.features ?? (typeof given.columns === 'number' ? namesUpTo(given.columns) : undefined)
  if (!isNames(features) || features.length === 0) {
    issues.add('samples.features', `expected at least 1 name, found ${show(features)}`)
    return null
  }
  checkUnique(features, issues)
  if (!(given.data instanceof Float32Array) && !(given.data instanceof Float64Array)) {
    issues.add('samples.data', `expected a Float32Array or a Float64Array, found ${show(given.data)}`)
    return null
  }
  if (given.data.length !== rows * features.length) {
    issues.add(
      'samples.data',
      `expected ${rows} x ${features.length} = ${rows * features.length} numbers, found ${given.data.length}`,
    )
  }
  const ids = checkNames('samples.ids', given.ids, rows, issues)
  const labels = checkNames('samples.labels', given.labels, rows, issues)
  const weights = checkWeights(given.weights, rows, issues)
  const sources = checkSources(given.sources, features.length, issues)
  const { decimal } = given
  if (decimal !== undefined && decimal !== ',')
    issues.add('samples.decimal', `expected ',' or nothing, found ${show(decimal)}`)
  return { features, rows, data: given.data, ids, labels, weights, sources, ...(decimal === ',' && { decimal }) }
}

function fromSparse(given: Untrusted, rows: number, issues: Issues): SparseSamples | null {
  const { offsets, indices, values, columns } = given
  if (!issues.integer('samples.columns', columns, 1, 2 ** 31 - 1)) return null
  if (!(offsets instanceof Uint32Array && indices instanceof Uint32Array && values instanceof Float32Array)) {
    const found = `${show(offsets)}, ${show(indices)}, ${show(values)}`
    issues.add('samples', `expected offsets and indices as Uint32Array and values as Float32Array, found ${found}`)
    return null
  }
  if (offsets.length !== rows + 1 || offsets[0] !== 0 || offsets[rows] !== values.length) {
    issues.add('samples.offsets', `expected ${rows + 1} positions from 0 to the ${values.length} stored values`)
    return null
  }
  if (indices.length !== values.length) {
    issues.add('samples.indices', `expected ${values.length}, one per stored value, found ${indices.length}`)
    return null
  }
  for (let i = 0; i < rows; i++) {
    if (offsets[i + 1] < offsets[i]) {
      issues.add('samples.offsets', `expected ascending positions, found ${offsets[i + 1]} after ${offsets[i]}`)
      return null
    }
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      if (indices[p] < columns && (p === offsets[i] || indices[p] > indices[p - 1])) continue
      issues.add(`samples.indices`, `row ${i + 1}: expected ascending columns below ${columns}, found ${indices[p]}`)
      return null
    }
  }
  const weights = checkWeights(given.weights, rows, issues)
  const names = isNames(given.names) && given.names.length === columns ? given.names : undefined
  return { rows, columns, offsets, indices, values, ...(weights && { weights }), ...(names && { names }) }
}

/** How many infinite values are reported one by one. */
const MOST_TOLD = 10

/** Adds an issue for each infinite value. `before` is the number of preceding rows, for messages. */
export function checkFinite(
  samples: Pick<Samples, 'features' | 'data'> | SparseMatrix,
  issues: Issues,
  before = 0,
): void {
  const sparse = isSparse(samples)
  const values = sparse ? samples.values : samples.data
  let found = 0
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== Number.POSITIVE_INFINITY && values[i] !== Number.NEGATIVE_INFINITY) continue
    if (++found > MOST_TOLD) continue
    if (sparse) issues.add('samples', `expected finite numbers, found ${values[i]} as stored value ${i}`)
    else {
      const columns = samples.features.length
      const row = before + Math.floor(i / columns) + 1
      issues.add(
        `samples.${samples.features[i % columns]}`,
        `row ${row}: expected a finite number or a missing value, found ${values[i]}`,
      )
    }
  }
  if (found > MOST_TOLD) issues.add('samples', `and ${found - MOST_TOLD} more infinite values`)
}

function checkUnique(names: readonly string[], issues: Issues): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) issues.add('samples.features', `expected different names, found ${show(name)} twice`)
    seen.add(name)
  }
}

function checkNames(path: string, names: unknown, rows: number, issues: Issues): readonly string[] | undefined {
  if (names === undefined || (isNames(names) && names.length === rows)) return names
  issues.add(path, `expected ${rows} names, one per row, found ${isList(names) ? names.length : show(names)}`)
  return undefined
}

function checkSources(sources: unknown, features: number, issues: Issues): Samples['sources'] {
  if (sources === undefined) return undefined
  const known = Array.isArray(sources) && sources.length === features && sources.every(isSource)
  if (known) return sources
  issues.add(
    'samples.sources',
    `expected ${features}, { column, level }, { column, time } or undefined, one per feature`,
  )
  return undefined
}

function isSource(source: unknown): boolean {
  if (source === undefined) return true
  if (typeof source !== 'object' || source === null || !('column' in source)) return false
  const kind = 'level' in source ? typeof source.level === 'string' : 'time' in source && isTimePart(source.time)
  return typeof source.column === 'string' && kind
}

const isTimePart = (part: unknown): boolean => TIME_PARTS.some((known) => known === part)

/** The issue if all weights are 0. */
export const ONLY_ZERO = 'expected a weight above 0, found only 0'

function checkWeights(weights: unknown, rows: number, issues: Issues): Float32Array | undefined {
  if (weights === undefined) return undefined
  if (!(weights instanceof Float32Array) || weights.length !== rows) {
    const found = weights instanceof Float32Array ? weights.length : show(weights)
    issues.add('samples.weights', `expected a Float32Array of ${rows}, one per row, found ${found}`)
    return undefined
  }
  const bad = weights.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY))
  if (bad >= 0)
    issues.add('samples.weights', `row ${bad + 1}: expected a finite weight of at least 0, found ${weights[bad]}`)
  else if (weights.every((weight) => weight === 0)) issues.add('samples.weights', ONLY_ZERO)
  return weights
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string')
}

function namesUpTo(columns: number): string[] {
  return Array.from({ length: Math.max(0, Math.min(columns, 2 ** 24)) }, (_, f) => `feature ${f + 1}`)
}
