import { request } from 'node:http'
import * as arrow from 'apache-arrow'
import { columnNames } from '../table-file.ts'
import type { Served } from './served.ts'

/** Rows of a batch. */
const BATCH = 50_000

/** An Arrow IPC stream of `count` rows, those of training again and again, in columns of f32 or f64. */
export function arrowStream(
  { rows, features }: Served,
  count: number,
  Kind: Float32ArrayConstructor | Float64ArrayConstructor,
): Buffer {
  const length = Math.min(BATCH, count)
  const known = rows.length / features
  const columns = columnNames(features).map((name, f) => {
    const column = new Kind(length)
    for (let i = 0; i < length; i++) column[i] = rows[(i % known) * features + f]
    return [name, column] as const
  })
  const [batch] = arrow.tableFromArrays(Object.fromEntries(columns)).batches
  const writer = new arrow.RecordBatchStreamWriter()
  for (let left = count; left > 0; left -= length) writer.write(batch.slice(0, Math.min(left, length)))
  return Buffer.from(writer.finish().toUint8Array(true))
}

/** Sends a stream that is ready, and throws its answer away; gives the seconds until that has ended. */
export function postArrow({ address }: Served, body: Buffer): Promise<{ seconds: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const begun = performance.now()
    const headers = { 'content-type': 'application/vnd.apache.arrow.stream', 'content-length': body.length }
    const call = request(`${address}/v1/match`, { method: 'POST', headers }, (answer) => {
      let bytes = 0
      answer.on('data', (part: Buffer) => {
        bytes += part.length
      })
      answer.once('error', reject)
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve({ seconds: (performance.now() - begun) / 1000, bytes })
        else reject(new Error(`answered with ${answer.statusCode}`))
      })
    })
    call.once('error', reject)
    call.end(body)
  })
}
