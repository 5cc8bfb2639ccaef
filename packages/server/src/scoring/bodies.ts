import type { Matrix, Samples } from '@som/core'
import type { FastifyRequest } from 'fastify'
import { checked } from '../check.ts'
import { LargeBody } from '../json/parse-bodies.ts'
import { leftBy } from '../pool/left.ts'
import type { Pool, TaskOptions } from '../pool/pool.ts'
import { inferenceSchema } from './inference-schema.ts'
import { matrixOf, type RawBody, samplesOf, type Tensors, tensorsOf } from './read-body.ts'
import type { Scorer } from './scorer.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Threads for what would hold up other callers. */
    pool: Pool
  }
}

type Asked = Pick<FastifyRequest, 'server' | 'caller' | 'raw'>

// Small bodies are read at once; large ones in a thread of the pool, since reading them would hold up other callers.

/** The rows of a body, as the map's backend takes them. Throws a `Refused` with what is wrong. */
export async function matrixOfBody(body: unknown, { som, reader }: Scorer, asked: Asked): Promise<Matrix> {
  if (body instanceof LargeBody) return asked.server.pool.run('readMatrix', ...handed(body, som.features, asked))
  return matrixOf(som.features, samplesOf(body, reader, asked.caller.limits.rows))
}

/**
 * The rows of a body, at most `most` of them, with the labels of a column if one is named. Throws a `Refused` with what
 * is wrong.
 */
export async function samplesOfBody(
  body: unknown,
  { som, reader }: Scorer,
  asked: Asked,
  most: number,
  label?: string,
): Promise<Samples> {
  if (body instanceof LargeBody) {
    const [raw, options] = handed(body, som.features, asked, most)
    return asked.server.pool.run('readSamples', label === undefined ? raw : { ...raw, label }, options)
  }
  return samplesOf(body, label === undefined ? reader : { ...reader, label }, most)
}

/** A request of the Open Inference Protocol: its rows, as the map's backend takes them, and the rest of it. */
export async function tensorsOfBody(body: unknown, { som, reader }: Scorer, asked: Asked): Promise<Tensors> {
  if (body instanceof LargeBody) return asked.server.pool.run('readTensors', ...handed(body, som.features, asked))
  return tensorsOf(checked(inferenceSchema, body), som.features, reader, asked.caller.limits.rows)
}

/** A body as a task takes it, with the memory that goes along and the signal that its caller has left. */
function handed(
  { type, bytes, bounds }: LargeBody,
  features: RawBody['features'],
  asked: Asked,
  most = asked.caller.limits.rows,
): [RawBody, TaskOptions] {
  const { buffer } = bytes
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length
  return [
    { type, bytes, bounds, features, most },
    { transfer: isWhole ? [buffer] : [], left: leftBy(asked) },
  ]
}
