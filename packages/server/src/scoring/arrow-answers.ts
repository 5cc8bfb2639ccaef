import { type Clusters, type Matches, pValue, type Seen } from '@som/core'
import type { Data, RecordBatch, Schema } from 'apache-arrow'
import type { Scorer } from './scorer.ts'

/** How matches are written as batches. */
export interface ArrowAnswers {
  readonly schema: Schema
  batch(found: Matches): RecordBatch
}

interface Column {
  readonly name: string
  readonly data: (found: Matches) => Data
}

export function arrowAnswers(arrow: typeof import('apache-arrow'), { som: { clusters, seen } }: Scorer): ArrowAnswers {
  const ints = (data: Int32Array): Data =>
    arrow.makeData({ type: new arrow.Int32(), length: data.length, nullCount: 0, data })
  const floats = (data: Float64Array): Data =>
    arrow.makeData({ type: new arrow.Float64(), length: data.length, nullCount: 0, data })
  const columns: Column[] = [
    { name: 'unit', data: ({ unit }) => ints(unit.slice()) },
    { name: 'distance', data: (found) => floats(distancesOf(found)) },
    { name: 'second_unit', data: ({ secondUnit }) => ints(secondUnit.slice()) },
  ]
  if (clusters) columns.push({ name: 'cluster', data: (found) => ints(clustersOf(found, clusters)) })
  if (seen) columns.push({ name: 'p_value', data: (found) => floats(pValuesOf(found, seen)) })
  const nothing = new Int32Array(0)
  const none = {
    unit: nothing,
    secondUnit: nothing,
    distance: new Float32Array(0),
    secondDistance: new Float32Array(0),
  }
  const schema = new arrow.Schema(columns.map(({ name, data }) => new arrow.Field(name, data(none).type, false)))
  return {
    schema,
    batch(found) {
      const children = columns.map(({ data }) => data(found))
      const type = new arrow.Struct(schema.fields)
      return new arrow.RecordBatch(schema, arrow.makeData({ type, length: found.unit.length, nullCount: 0, children }))
    },
  }
}

// Loops of their own: a function for each row, or `from`, is several times slower, and these are much of the work beside the match.

function distancesOf({ unit, distance }: Matches): Float64Array {
  const out = new Float64Array(distance.length)
  for (let i = 0; i < out.length; i++) out[i] = unit[i] < 0 ? Number.NaN : distance[i]
  return out
}

function clustersOf({ unit }: Matches, clusters: Clusters): Int32Array {
  const of = Int32Array.from(clusters.of)
  const out = new Int32Array(unit.length)
  for (let i = 0; i < out.length; i++) out[i] = unit[i] < 0 ? -1 : of[unit[i]]
  return out
}

function pValuesOf({ unit, distance }: Matches, seen: Seen): Float64Array {
  const out = new Float64Array(distance.length)
  for (let i = 0; i < out.length; i++) out[i] = unit[i] < 0 ? Number.NaN : pValue(seen, distance[i])
  return out
}
