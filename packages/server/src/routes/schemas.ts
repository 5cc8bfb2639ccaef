import * as v from 'valibot'
import { documented } from '../openapi/documented.ts'
import { isRecord } from '../scoring/rows.ts'

const cell = { type: ['number', 'string', 'boolean', 'null'] } as const
const list = { type: 'array', items: cell } as const
const record = { type: 'object', additionalProperties: cell } as const
const rows = { type: 'array', items: { anyOf: [list, record] } } as const

/** Rows of a request by JSON, in one of MLflow's forms. Their cells are checked against the map. */
export const rowsSchema: v.GenericSchema<unknown, Record<string, unknown>> = documented(
  v.custom<Record<string, unknown>>(isRecord, 'expected an object with rows'),
  {
    oneOf: [
      {
        type: 'object',
        required: ['dataframe_split'],
        properties: {
          dataframe_split: {
            type: 'object',
            required: ['columns', 'data'],
            properties: { columns: { type: 'array', items: { type: 'string' } }, data: { type: 'array', items: list } },
          },
        },
      },
      {
        type: 'object',
        required: ['dataframe_records'],
        properties: { dataframe_records: { type: 'array', items: record } },
      },
      { type: 'object', required: ['instances'], properties: { instances: rows } },
      {
        type: 'object',
        required: ['inputs'],
        properties: { inputs: { anyOf: [rows, { type: 'object', additionalProperties: list }] } },
      },
    ],
  },
)

/** What the map says of a row. */
export const predictionSchema: v.GenericSchema = v.object({
  unit: v.number(),
  row: v.number(),
  column: v.number(),
  distance: v.nullable(v.number()),
  second_unit: v.number(),
  cluster: v.optional(v.number()),
  cluster_name: v.optional(v.string()),
  p_value: v.optional(v.nullable(v.number())),
})

export const predictionsSchema: v.GenericSchema = v.object({ predictions: v.array(predictionSchema) })
