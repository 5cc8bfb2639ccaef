import type { Samples } from '@som/core'
import type { DataType, RecordBatch, Schema, Vector } from 'apache-arrow'
import { Refused, RequestIssues } from '../problem.ts'
import type { RowReader } from './rows.ts'

/** Where the columns of a map lie in batches of a schema. */
export interface Places {
  /** The columns that are read, by name, and their places. */
  readonly wanted: readonly string[]
  readonly places: readonly number[]
  /** Whether they are the features themselves, as numbers. */
  readonly isPlain: boolean
}

/** Throws a `Refused` where a column is missing. */
export function placesOf(schema: Schema, { cells, features, isMade }: RowReader): Places {
  const names = schema.fields.map(({ name }) => name)
  const isByFeature = isMade && features.every((name) => names.includes(name))
  const wanted = isByFeature ? features : cells.columns
  const issues = new RequestIssues()
  const places = wanted.map((name) => names.indexOf(name))
  places.forEach((place, c) => {
    if (place < 0) issues.add('schema', `expected a column ${JSON.stringify(wanted[c])}, found none`)
  })
  issues.refuseAny()
  return { wanted, places, isPlain: isByFeature || !isMade }
}

/** How batches are read as samples of a map. Throws a `Refused` for cells that are none. */
export function arrowCells(
  { DataType: Type }: typeof import('apache-arrow'),
  { wanted, places, isPlain }: Places,
  { cells, features }: RowReader,
): (batch: RecordBatch) => Samples {
  const issues = new RequestIssues()
  return (batch) => {
    const { numRows: rows } = batch
    const width = features.length
    const data = new Float64Array(rows * width)
    const vectors = places.map((place) => batch.getChildAt(place))
    if (isPlain) {
      vectors.forEach((vector, f) => {
        copyNumbers(Type, vector, data, f, width, wanted[f])
      })
    } else {
      const readers = vectors.map((vector) => cellReader(Type, vector))
      for (let i = 0; i < rows; i++) {
        cells.encode(
          (c) => readers[c](i),
          data,
          i * width,
          (column, expected) => issues.add(`rows[${i}].${column}`, `expected ${expected}`),
        )
      }
      issues.refuseAny()
    }
    return { features, rows, data }
  }
}

/** A column of numbers into its place of each row; NaN where there is none. */
function copyNumbers(
  Type: typeof DataType,
  vector: Vector | null,
  into: Float64Array,
  f: number,
  width: number,
  name: string,
): void {
  const type = vector?.type
  if (!vector || !(Type.isFloat(type) || Type.isInt(type) || Type.isBool(type) || Type.isNull(type)))
    throw new Refused(400, [{ path: name, message: `expected a column of numbers, found ${type}` }])
  // Half floats lie as integers.
  const isDirect = vector.nullCount === 0 && Type.isFloat(type)
  const values: unknown = isDirect ? vector.toArray() : undefined
  if (values instanceof Float64Array) copy(values, into, f, width)
  else if (values instanceof Float32Array) copy(values, into, f, width)
  else {
    for (let i = 0; i < vector.length; i++) {
      const cell: unknown = vector.get(i)
      into[i * width + f] = cell === null ? Number.NaN : Number(cell)
    }
  }
}

function copy(from: Float64Array | Float32Array, into: Float64Array, f: number, width: number): void {
  for (let i = 0, at = f; i < from.length; i++, at += width) into[at] = from[i]
}

/** The cells of a column as encoders take them. */
function cellReader(Type: typeof DataType, vector: Vector | null): (row: number) => unknown {
  const type = vector?.type
  const isTime = Type.isDate(type) || Type.isTimestamp(type)
  return (row) => {
    const cell: unknown = vector?.get(row)
    if (cell === null || cell === undefined) return null
    if (isTime) return new Date(Number(cell))
    return typeof cell === 'number' && Number.isNaN(cell) ? null : cell
  }
}
