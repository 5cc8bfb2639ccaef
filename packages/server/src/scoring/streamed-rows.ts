import type { Samples } from '@som/core'
import type { FastifyRequest } from 'fastify'
import type * as v from 'valibot'
import { UNCOUNTED } from '../in-flight.ts'
import { Refused } from '../problem.ts'
import { rowsSchema } from '../routes/schemas.ts'
import { arrowSamples } from './arrow-samples.ts'
import { ndjsonSamples } from './ndjson.ts'
import type { RowReader } from './row-reader.ts'

export const NDJSON = 'application/x-ndjson'
export const ARROW = 'application/vnd.apache.arrow.stream'

/** Bodies of rows that are read as they come. */
export const STREAM_TYPES: readonly string[] = [NDJSON, ARROW]

/** Every form in which rows are sent. */
export const ROW_MEDIA: Readonly<Record<string, v.GenericSchema | 'binary' | 'text'>> = {
  'application/json': rowsSchema,
  'text/csv': 'text',
  [NDJSON]: 'binary',
  [ARROW]: 'binary',
}

/** The media type of a stream of rows. Throws a `Refused` for another. */
export function streamTypeOf({ headers }: FastifyRequest): string {
  const type = (headers['content-type'] ?? '').split(';')[0].trim().toLowerCase()
  if (STREAM_TYPES.includes(type)) return type
  throw new Refused(415, [{ path: 'content-type', message: `expected one of ${STREAM_TYPES.join(', ')}` }])
}

/**
 * The rows of a stream, at most so many of them: held whole here, and bounded as other bodies are. Throws a `Refused`.
 */
export async function streamedRows(
  body: AsyncIterable<unknown>,
  request: FastifyRequest,
  reader: RowReader,
  most: number,
): Promise<Samples> {
  // The parsers of streams give the request itself, whose parts are bytes.
  const source = bounded(body as AsyncIterable<Uint8Array>, request)
  const parts =
    // `bounded` has counted the bytes.
    streamTypeOf(request) === NDJSON ? ndjsonSamples(source, reader) : arrowSamples(source, reader, UNCOUNTED)
  const all: Samples[] = []
  let rows = 0
  for await (const part of parts) {
    rows += part.rows
    if (rows > most) throw new Refused(413, [{ path: 'rows', message: `expected at most ${most} rows, found more` }])
    all.push(part)
  }
  return joined(all, reader, rows)
}

async function* bounded(source: AsyncIterable<Uint8Array>, request: FastifyRequest): AsyncGenerator<Uint8Array> {
  const most = request.routeOptions.bodyLimit ?? Number.POSITIVE_INFINITY
  let bytes = 0
  for await (const part of source) {
    bytes += part.length
    request.held.add(part.length)
    if (bytes > most) throw new Refused(413, [{ path: '', message: `expected a body of at most ${most} bytes` }])
    yield part
  }
}

function joined(parts: readonly Samples[], { features, label }: RowReader, rows: number): Samples {
  const data = new Float64Array(rows * features.length)
  let at = 0
  for (const part of parts) {
    data.set(part.data, at)
    at += part.data.length
  }
  return { features, rows, data, ...(label !== undefined && { labels: parts.flatMap(({ labels = [] }) => labels) }) }
}
