import { readFileSync } from 'node:fs'
import { js, samplesOf, train } from '@som/core'
import * as arrow from 'apache-arrow'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { createServer } from '../index.ts'

const STREAM = 'application/vnd.apache.arrow.stream'
let app: FastifyInstance
let address: string

beforeAll(async () => {
  const samples = samplesOf([[1, 2], [3, 5], [4, 1], [7, 8]], ['a', 'b']) // biome-ignore format: a table
  const som = (await train({ samples, lattice: { rows: 2, columns: 2 }, epochs: 1 })).unwrapOrElse(() => {
    throw new Error('not trained')
  })
  app = await createServer({ som, backend: js() }, settingsFor())
  address = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

const post = (path: string, body: Uint8Array) =>
  fetch(address + path, { method: 'POST', headers: { 'content-type': STREAM }, body: Buffer.from(body) })

const table = arrow.tableFromArrays({ a: Float64Array.of(1, 7), b: Float64Array.of(2, 8) })

describe('an Arrow body', () => {
  it.each(['/v1/match', '/invocations'])(
    'whose header says 2147483647 entries is refused, and the server continues: %s',
    async (path) => {
      const kill = readFileSync(new URL('../../../io/src/arrow/fixtures/list-of-2147483647.arrow', import.meta.url))
      const answer = await post(path, kill)
      expect([answer.status, (await answer.json()).issues]).toEqual([
        400,
        [
          {
            path: '',
            message: 'expected an Arrow IPC stream, found: a list of 2147483647 entries in a header of 304 bytes',
          },
        ],
      ])
      expect((await fetch(`${address}/ping`)).status).toBe(200)
    },
  )

  it('that is a file, not a stream, is answered as the stream in it', async () => {
    const [stream, file] = await Promise.all(
      (['stream', 'file'] as const).map(async (form) =>
        (await post('/v1/match', arrow.tableToIPC(table, form))).arrayBuffer(),
      ),
    )
    expect(arrow.tableFromIPC(file).toString()).toBe(arrow.tableFromIPC(stream).toString())
    expect(arrow.tableFromIPC(file).numRows).toBe(2)
  })

  it('with a word changed anywhere is refused or answered, and the server continues', async () => {
    for (const form of ['stream', 'file'] as const) {
      const bytes = arrow.tableToIPC(table, form)
      for (let at = 0; at + 4 <= bytes.length; at += 12) {
        const other = bytes.slice()
        new DataView(other.buffer).setInt32(at, 0x7fffffff, true)
        const answer = await post('/v1/match', other).then(
          async (found) => {
            await found.arrayBuffer().catch(() => undefined)
            return found.status
          },
          () => 0,
        )
        expect(answer).toBeLessThan(500)
      }
    }
    expect((await fetch(`${address}/ping`)).status).toBe(200)
  })

  it('of compressed values is refused', async () => {
    const bomb = readFileSync(new URL('../../../io/src/arrow/fixtures/pyarrow-zstd-bomb.arrow', import.meta.url))
    const answer = await post('/v1/match', bomb)
    expect([answer.status, (await answer.json()).issues[0].message]).toEqual([
      400,
      'expected an Arrow IPC stream, found: compressed values; send them without compression',
    ])
  })
})
