import { type Matches, pValue } from '@som/core'
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
  // Loops: `from` with a function is several times slower, and these are most of the work beside the match.
  const ofUnits = ({ unit, distance }: Matches, value: (d: number) => number): Float64Array => {
    const out = new Float64Array(distance.length)
    for (let i = 0; i < out.length; i++) out[i] = unit[i] < 0 ? Number.NaN : value(distance[i])
    return out
  }
  const columns: Column[] = [
    { name: 'unit', data: ({ unit }) => ints(Int32Array.from(unit)) },
    { name: 'distance', data: (found) => floats(ofUnits(found, (d) => d)) },
    { name: 'second_unit', data: ({ secondUnit }) => ints(Int32Array.from(secondUnit)) },
  ]
  if (clusters) {
    const clusterOf = (unit: number): number => (unit < 0 ? -1 : clusters.of[unit])
    columns.push({ name: 'cluster', data: ({ unit }) => ints(Int32Array.from(unit, clusterOf)) })
  }
  if (seen) columns.push({ name: 'p_value', data: (found) => floats(ofUnits(found, (d) => pValue(seen, d))) })
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
