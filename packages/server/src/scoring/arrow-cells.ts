import type { Samples } from '@som/core'
import { cellNumber, arrowCells as cellsOfType, type Decimals, LineDecimals } from '@som/io'
import type { DataType, RecordBatch, Schema, Vector } from 'apache-arrow'
import { Refused, RequestIssues } from '../problem.ts'
import { type ColumnPlaces, columnPlaces, labelOf } from './column-places.ts'
import type { RowReader } from './row-reader.ts'
import { shown } from './rows.ts'

/** Where the columns of a map lie in batches of a schema. */
export interface Places extends ColumnPlaces {
  /** Whether the columns hold the features themselves, as numbers. */
  readonly isPlain: boolean
}

/** Throws a `Refused` where a column is missing, or there twice. */
export function placesOf(schema: Schema, reader: RowReader): Places {
  const issues = new RequestIssues()
  const names = schema.fields.map(({ name }) => name)
  const found = columnPlaces(names, reader, 'schema', issues)
  issues.refuseAny()
  return { ...found, isPlain: found.isByFeature || !reader.isMade }
}

/**
 * How batches are read as samples of a map; `before` is the number of rows before the batch, for messages. Throws a
 * `Refused` for cells that cannot be read.
 */
export function arrowCells(
  { DataType: Type }: typeof import('apache-arrow'),
  { wanted, places, isPlain, label }: Places,
  { cells, given, features, learned }: RowReader,
): (batch: RecordBatch, before: number) => Samples {
  const issues = new RequestIssues()
  // Texts are read as in a file, by the batches so far.
  const marks = new LineDecimals(',', { learned }, undefined, 'of a batch that ends at row')
  return (batch, before) => {
    const { numRows: rows } = batch
    const width = features.length
    const data = new Float64Array(rows * width)
    const vectors = places.map((place) => batch.getChildAt(place))
    const numbers = vectors.filter((vector, c) => isText(Type, vector) && (isPlain || given.isNumber(c)))
    if (numbers.length > 0) {
      const all = batch.schema.fields.map((_, k) => batch.getChildAt(k)).filter((vector) => isText(Type, vector))
      const wrong = marks.take(before + rows, textsOf(all), () => textsOf(numbers))
      if (wrong) throw new Refused(400, [{ path: `rows[${before}]`, message: wrong }])
    }
    const { decimals } = marks
    if (isPlain) {
      vectors.forEach((vector, f) => {
        copyNumbers(Type, vector, data, f, width, wanted[f], before, decimals)
      })
    } else {
      const readers = vectors.map((vector) => cellReader(Type, vector))
      for (let i = 0; i < rows; i++) {
        cells.encode(
          (c) => given.cell(c, readers[c](i), decimals),
          data,
          i * width,
          (column, expected) => {
            const found = shown(readers[cells.columns.indexOf(column)](i))
            issues.add(`rows[${before + i}].${column}`, `expected ${expected}, found ${found}`)
          },
        )
      }
      issues.refuseAny()
    }
    const names = label < 0 ? null : cellReader(Type, batch.getChildAt(label))
    const labels = names && Array.from({ length: rows }, (_, i) => labelOf(names(i)))
    return { features, rows, data, ...(labels && { labels }) }
  }
}

/** Copies a column of numbers into each row; NaN for a missing value. */
function copyNumbers(
  Type: typeof DataType,
  vector: Vector | null,
  into: Float64Array,
  f: number,
  width: number,
  name: string,
  before: number,
  decimals: Decimals,
): void {
  const type = vector?.type
  const cells = type === undefined ? null : cellsOfType(Type, type)
  if (!vector || cells === null || cells.kind === 'time' || cells.kind === 'clock')
    throw new Refused(400, [{ path: name, message: `expected a column of numbers, found ${type}` }])
  // Half floats are stored as integers.
  const isDirect = vector.nullCount === 0 && Type.isFloat(type)
  const values: unknown = isDirect ? vector.toArray() : undefined
  if (values instanceof Float64Array) copy(values, into, f, width)
  else if (values instanceof Float32Array) copy(values, into, f, width)
  else {
    for (let i = 0; i < vector.length; i++) {
      const cell: unknown = vector.get(i)
      if (cell === null || cell === undefined) into[i * width + f] = Number.NaN
      else into[i * width + f] = numberIn(cells.read(cell), name, before + i, decimals)
    }
  }
}

function copy(from: Float64Array | Float32Array, into: Float64Array, f: number, width: number): void {
  for (let i = 0, at = f; i < from.length; i++, at += width) into[at] = from[i]
}

function isText(Type: typeof DataType, vector: Vector | null): vector is Vector {
  return vector !== null && cellsOfType(Type, vector.type)?.kind === 'text'
}

function* textsOf(vectors: readonly (Vector | null)[]): Generator<unknown> {
  for (const vector of vectors) yield* vector ?? []
}

function numberIn(cell: number | bigint | boolean | string, name: string, row: number, decimals: Decimals): number {
  const number = typeof cell === 'string' ? cellNumber(cell, decimals) : Number(cell)
  if (number !== null) return number
  const found = JSON.stringify(cell).slice(0, 40)
  throw new Refused(400, [{ path: `rows[${row}].${name}`, message: `expected a number or null, found ${found}` }])
}

/** The cells of a column, as encoders expect them. */
function cellReader(Type: typeof DataType, vector: Vector | null): (row: number) => unknown {
  const cells = vector ? cellsOfType(Type, vector.type) : null
  const isTime = cells?.kind === 'time' || cells?.kind === 'clock'
  return (row) => {
    const cell: unknown = vector?.get(row)
    if (cell === null || cell === undefined) return null
    // What is of no kind stays, to be refused.
    if (cells === null) return cell
    const value = cells.read(cell)
    return isTime ? new Date(Number(value) * 1000) : value
  }
}
