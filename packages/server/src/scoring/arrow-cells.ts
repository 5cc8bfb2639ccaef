import type { Samples } from '@som/core'
import { cellNumber, arrowCells as cellsOfType, decimalsOf, NOTHING_PROVEN } from '@som/io'
import type { DataType, RecordBatch, Schema, Vector } from 'apache-arrow'
import { Refused, RequestIssues } from '../problem.ts'
import type { RowReader } from './rows.ts'

/** Where a map's columns are in the batches of a schema. */
export interface Places {
  /** The columns to read, by name, and their positions. */
  readonly wanted: readonly string[]
  readonly places: readonly number[]
  /** Whether they are the features themselves, as numbers. */
  readonly isPlain: boolean
}

/** Throws a `Refused` if a column is missing. */
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

/** Reads batches as samples of a map. Throws a `Refused` for invalid cells. */
export function arrowCells(
  { DataType: Type }: typeof import('apache-arrow'),
  { wanted, places, isPlain }: Places,
  { cells, given, features }: RowReader,
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
          (c) => given.cell(c, readers[c](i), DECIMALS),
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

/** Copies a column of numbers into each row; NaN for a missing value. */
function copyNumbers(
  Type: typeof DataType,
  vector: Vector | null,
  into: Float64Array,
  f: number,
  width: number,
  name: string,
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
      else into[i * width + f] = numberIn(cells.read(cell), name, i)
    }
  }
}

function copy(from: Float64Array | Float32Array, into: Float64Array, f: number, width: number): void {
  for (let i = 0, at = f; i < from.length; i++, at += width) into[at] = from[i]
}

/** Texts in Arrow are read as in a file, row by row. */
const DECIMALS = decimalsOf(',', NOTHING_PROVEN)

function numberIn(cell: number | bigint | boolean | string, name: string, row: number): number {
  const number = typeof cell === 'string' ? cellNumber(cell, DECIMALS) : Number(cell)
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
