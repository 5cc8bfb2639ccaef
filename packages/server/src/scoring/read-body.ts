import { type Matrix, prepareRows, type Samples, type Som } from '@som/core'
import { checked } from '../check.ts'
import type { LargeBody } from '../json/parse-bodies.ts'
import { readJson, textOf } from '../json/read-json.ts'
import { Refused } from '../problem.ts'
import { rowsSchema } from '../routes/schemas.ts'
import { type Inference, inferenceSchema } from './inference-schema.ts'
import { type RowReader, rowReader } from './row-reader.ts'
import { rowsOfCsv, rowsOfJson } from './rows.ts'
import { rowsOfTensors } from './tensors.ts'

/** A body of rows as it came, and what it is read by. Plain data, which a thread can be sent. */
export interface RawBody extends Readonly<Pick<LargeBody, 'type' | 'bytes' | 'bounds'>> {
  readonly features: Som['features']
  /** Rows that it may have. */
  readonly most: number
  /** The column of labels, if they are read too. */
  readonly label?: string
}

/** The rows of a body that was parsed: CSV as its text. Throws a `Refused` with what is wrong. */
export function samplesOf(parsed: unknown, reader: RowReader, most: number): Samples {
  return typeof parsed === 'string'
    ? rowsOfCsv(parsed, reader, most)
    : rowsOfJson(checked(rowsSchema, parsed), reader, most)
}

/** Rows as backends take them. Throws a `Refused` with what is wrong. */
export function matrixOf(features: Som['features'], samples: Samples): Matrix {
  const prepared = prepareRows({ features }, samples)
  if (prepared.isErr) throw new Refused(400, prepared.error)
  const { matrix } = prepared.value
  if (!('data' in matrix)) throw new TypeError('rows of a request are dense')
  return matrix
}

export function readSamples(body: RawBody): Samples {
  const { label } = body
  return samplesOf(parsed(body), { ...rowReader(body), ...(label !== undefined && { label }) }, body.most)
}

export function readMatrix(body: RawBody): Matrix {
  return matrixOf(body.features, readSamples(body))
}

/** A request of the Open Inference Protocol: its rows, as backends take them, and the rest of it. */
export interface Tensors {
  readonly matrix: Matrix
  readonly rest: Omit<Inference, 'inputs'>
}

export function tensorsOf(
  { inputs, ...rest }: Inference,
  features: Som['features'],
  reader: RowReader,
  most: number,
): Tensors {
  return { matrix: matrixOf(features, rowsOfTensors(inputs, reader, most)), rest }
}

export function readTensors(body: RawBody): Tensors {
  return tensorsOf(checked(inferenceSchema, parsed(body)), body.features, rowReader(body), body.most)
}

const parsed = ({ type, bytes, bounds }: RawBody): unknown => (type === 'csv' ? textOf(bytes) : readJson(bytes, bounds))
