import { ANSWERS } from '@som/core'
import * as v from 'valibot'
import { documented } from '../openapi/documented.ts'
import { isRecord } from '../scoring/rows.ts'

const cell = { type: ['number', 'string', 'boolean', 'null'] } as const
const list = { type: 'array', items: cell } as const
const record = { type: 'object', additionalProperties: cell } as const
const rows = { type: 'array', items: { anyOf: [list, record] } } as const

/** The rows of a JSON request, in one of MLflow's forms. Their cells are checked against the map. */
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

/** What the map says about a row. */
export const predictionSchema: v.GenericSchema = v.object(
  Object.fromEntries(
    ANSWERS.map((answer) => {
      const cell = v.nullable(answer.kind === 'text' ? v.string() : v.number())
      return [answer.name, 'needs' in answer ? v.optional(cell) : cell]
    }),
  ),
)

/** A row of an answer whose columns differ from map to map. */
export const rowOfCells: v.GenericSchema<unknown, Record<string, string | number | null>> = v.record(
  v.string(),
  v.nullable(v.union([v.string(), v.number()])),
)

export const predictionsSchema: v.GenericSchema = v.object({ predictions: v.array(predictionSchema) })
