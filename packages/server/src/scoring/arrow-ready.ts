import { type Feature, type PreprocessingName, toPreprocessed } from '@som/core'
import type { DataType, RecordBatch } from 'apache-arrow'

/** Rows that are written before the next column is: as many as stay in the processor's own memory. */
const BLOCK = 512
/** Beyond this a number does not fit f32. */
const MOST_F32 = 3.4028234663852886e38
/** Methods that take values as they are before they are centred and scaled. */
const STRAIGHT: readonly PreprocessingName[] = ['z-score', 'min-max', 'robust', 'none']

type Floats = Float32Array | Float64Array

/**
 * Writes the columns of a batch into `into` (rows x features) as backends take them, to the bits of `prepareRows`: in one pass, without a table in between. False where a column
 * is no plain one of floats, or a value does not fit: the long way says what is wrong with it, if anything is.
 */
export function writeReady(
  { DataType: Type }: typeof import('apache-arrow'),
  batch: RecordBatch,
  places: readonly number[],
  features: readonly Feature[],
  into: Float32Array,
): boolean {
  const columns: Floats[] = []
  for (const place of places) {
    const values = floatsOf(Type, batch, place)
    if (values === null) return false
    columns.push(values)
  }
  const rows = batch.numRows
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(rows, from + BLOCK)
    for (let f = 0; f < columns.length; f++) if (!writeColumn(columns, features, f, from, to, into)) return false
  }
  return true
}

function writeColumn(
  columns: readonly Floats[],
  features: readonly Feature[],
  f: number,
  from: number,
  to: number,
  into: Float32Array,
): boolean {
  const { preprocessing } = features[f]
  const values = columns[f]
  if (!STRAIGHT.includes(preprocessing.method)) {
    const bent = (x: number): number => toPreprocessed(preprocessing, x)
    return writeBent(values, bent, f, columns.length, from, to, into)
  }
  // One loop for each kind of array: one for both is several times slower.
  return values instanceof Float64Array
    ? writeDoubles(values, preprocessing, f, columns.length, from, to, into)
    : writeSingles(values, preprocessing, f, columns.length, from, to, into)
}

function writeDoubles(
  values: Float64Array,
  { factor, centre, scale }: Feature['preprocessing'],
  f: number,
  width: number,
  from: number,
  to: number,
  into: Float32Array,
): boolean {
  for (let i = from, at = from * width + f; i < to; i++, at += width) {
    const y = (factor * (values[i] - centre)) / scale
    if (!(Math.abs(y) <= MOST_F32) && !Number.isNaN(values[i])) return false
    into[at] = y
  }
  return true
}

function writeSingles(
  values: Float32Array,
  { factor, centre, scale }: Feature['preprocessing'],
  f: number,
  width: number,
  from: number,
  to: number,
  into: Float32Array,
): boolean {
  for (let i = from, at = from * width + f; i < to; i++, at += width) {
    const y = (factor * (values[i] - centre)) / scale
    if (!(Math.abs(y) <= MOST_F32) && !Number.isNaN(values[i])) return false
    into[at] = y
  }
  return true
}

function writeBent(
  values: Floats,
  bent: (x: number) => number,
  f: number,
  width: number,
  from: number,
  to: number,
  into: Float32Array,
): boolean {
  for (let i = from, at = from * width + f; i < to; i++, at += width) {
    const y = bent(values[i])
    if (!(Math.abs(y) <= MOST_F32) && !Number.isNaN(values[i])) return false
    into[at] = y
  }
  return true
}

/** The values of a column of floats without nulls, where they lie; null for any other. */
function floatsOf(Type: typeof DataType, batch: RecordBatch, place: number): Floats | null {
  const vector = batch.getChildAt(place)
  // Half floats lie as integers.
  if (!vector || vector.nullCount > 0 || !Type.isFloat(vector.type)) return null
  const values: unknown = vector.toArray()
  return values instanceof Float64Array || values instanceof Float32Array ? values : null
}
