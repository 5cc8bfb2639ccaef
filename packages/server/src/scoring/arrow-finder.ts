import { matrix } from '@som/core'
import type { RecordBatch, Schema } from 'apache-arrow'
import { arrowCells, placesOf } from './arrow-cells.ts'
import { writeReady } from './arrow-ready.ts'
import type { Question } from './question.ts'
import { matrixOf } from './read-body.ts'

/**
 * Answers the batches of a stream. At most one batch may be in progress while the next is given: the memory of the one
 * before is reused, since allocating costs more than the work itself. Throws a `Refused` if a column is missing.
 */
export function arrowFinder<Found extends { readonly unit: Int32Array }>(
  arrow: typeof import('apache-arrow'),
  schema: Schema,
  { scorer, find }: Question<Found>,
): (batch: RecordBatch) => Promise<Found> {
  const places = placesOf(schema, scorer.reader)
  const { features } = scorer.som
  const samplesOf = arrowCells(arrow, places, scorer.reader)
  let before = 0
  let [next, busy] = [new Float32Array(0), new Float32Array(0)]
  return async (batch) => {
    const { numRows } = batch
    const first = before
    before += numRows
    if (numRows === 0) return find(matrix(0, features.length))
    const size = numRows * features.length
    if (places.isPlain && numRows > 0) {
      if (next.length < size) next = new Float32Array(size)
      const rows = matrix(numRows, features.length, next.subarray(0, size))
      if (writeReady(arrow, batch, places.places, features, rows.data)) {
        const free = busy
        busy = next
        next = free
        return find(rows)
      }
    }
    return find(matrixOf(features, samplesOf(batch, first)))
  }
}
