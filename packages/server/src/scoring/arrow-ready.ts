import { type Feature, linearPreprocessing, scaled, toPreprocessed } from '@som/core'
import type { DataType, RecordBatch } from 'apache-arrow'

/** Rows written before the next column: as many as stay in the processor's cache. */
const BLOCK = 512
/** Numbers above this do not fit in f32. */
const MOST_F32 = 3.4028234663852886e38

type Floats = Float32Array | Float64Array

/**
 * Writes the columns of a batch into `into` (rows x features) as backends expect them, with the same bits as
 * `prepareRows`, in one pass and without a table in between. False if a column is not plain floats or a value does not
 * fit: the slower path then says what is wrong, if anything is.
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
    for (let f = 0; f < columns.length; ) {
      const four = fourOf(columns, features, f)
      if (!(four ?? writeOne)(columns, features, f, from, to, into)) return false
      f += four ? 4 : 1
    }
  }
  return true
}

/** Writes one or four columns of the rows `from` to `to`. False if a value does not fit. */
type Write = (
  columns: readonly Floats[],
  features: readonly Feature[],
  f: number,
  from: number,
  to: number,
  into: Float32Array,
) => boolean

/** Writes the next four columns at once if possible: their values in a row share one cache line. */
function fourOf(columns: readonly Floats[], features: readonly Feature[], f: number): Write | null {
  const next = columns.slice(f, f + 4)
  if (next.length < 4 || !next.every((_, k) => linearPreprocessing(features[f + k].preprocessing))) return null
  // One loop per array type: a shared one is several times slower.
  if (next.every((values) => values instanceof Float64Array)) return writeDoubles
  return next.every((values) => values instanceof Float32Array) ? writeSingles : null
}

const writeDoubles: Write = (columns, features, f, from, to, into) => {
  const [a, b, c, d] = columns.slice(f, f + 4)
  const [p, q, r, s] = features.slice(f, f + 4).map(({ preprocessing }) => preprocessing)
  for (let i = from, at = from * columns.length + f; i < to; i++, at += columns.length) {
    const v = scaled(p, a[i])
    const w = scaled(q, b[i])
    const x = scaled(r, c[i])
    const y = scaled(s, d[i])
    into[at] = v
    into[at + 1] = w
    into[at + 2] = x
    into[at + 3] = y
    if (Math.abs(v) + Math.abs(w) + Math.abs(x) + Math.abs(y) <= MOST_F32) continue
    if (!(fits(v, a[i]) && fits(w, b[i]) && fits(x, c[i]) && fits(y, d[i]))) return false
  }
  return true
}

const writeSingles: Write = (columns, features, f, from, to, into) => {
  const [a, b, c, d] = columns.slice(f, f + 4)
  const [p, q, r, s] = features.slice(f, f + 4).map(({ preprocessing }) => preprocessing)
  for (let i = from, at = from * columns.length + f; i < to; i++, at += columns.length) {
    const v = scaled(p, a[i])
    const w = scaled(q, b[i])
    const x = scaled(r, c[i])
    const y = scaled(s, d[i])
    into[at] = v
    into[at + 1] = w
    into[at + 2] = x
    into[at + 3] = y
    if (Math.abs(v) + Math.abs(w) + Math.abs(x) + Math.abs(y) <= MOST_F32) continue
    if (!(fits(v, a[i]) && fits(w, b[i]) && fits(x, c[i]) && fits(y, d[i]))) return false
  }
  return true
}

const writeOne: Write = (columns, features, f, from, to, into) => {
  const { preprocessing } = features[f]
  const values = columns[f]
  for (let i = from, at = from * columns.length + f; i < to; i++, at += columns.length) {
    const y = toPreprocessed(preprocessing, values[i])
    if (!fits(y, values[i])) return false
    into[at] = y
  }
  return true
}

/** Whether a value fits in f32; a missing one does. */
const fits = (y: number, value: number): boolean => Math.abs(y) <= MOST_F32 || Number.isNaN(value)

/** The values of a column of floats without nulls, without copying; null for any other column. */
function floatsOf(Type: typeof DataType, batch: RecordBatch, place: number): Floats | null {
  const vector = batch.getChildAt(place)
  // Half floats lie as integers.
  if (!vector || vector.nullCount > 0 || !Type.isFloat(vector.type)) return null
  const values: unknown = vector.toArray()
  return values instanceof Float64Array || values instanceof Float32Array ? values : null
}
