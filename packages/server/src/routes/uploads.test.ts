import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { js, samplesOf, train } from '@som/core'
import { encodeModel } from '@som/io'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { createServer, type Data, openData } from '../index.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-uploads-'))
let data: Data
let app: FastifyInstance
let address: URL

beforeAll(async () => {
  data = openData(folder)
  app = await createServer({ data, backend: js() }, { ...settingsFor({ data: folder }), bodySeconds: 1 })
  address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
})
afterAll(async () => {
  await app.close()
  data.close()
  rmSync(folder, { recursive: true })
})

/** An upload of which a byte comes now and then; what is answered. */
function trickle(path: string, type: string): Promise<string> {
  const socket = connect(Number(address.port), '127.0.0.1')
  let text = ''
  socket.on('data', (part) => {
    text += part
  })
  socket.on('error', () => undefined)
  socket.write(`POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${type}\r\ncontent-length: 100000\r\n\r\n`)
  const timer = setInterval(() => socket.write('x'), 50)
  return new Promise((resolve) =>
    socket.once('close', () => {
      clearInterval(timer)
      resolve(text)
    }),
  )
}

describe('uploads that trickle', () => {
  it('take no slot from others, and are cut off after --body-seconds, without a trace', async () => {
    const slow = [
      ...Array.from({ length: 4 }, () => trickle('/v1/maps/slow/versions', 'application/octet-stream')),
      trickle('/v1/tables', 'text/csv'),
    ]
    const samples = samplesOf([[1, 2], [3, 5], [4, 1], [7, 8]], ['a', 'b']) // biome-ignore format: a table
    const som = await train({ samples, lattice: { rows: 2, columns: 2 }, epochs: 1 })
    const model = Buffer.concat(som.map((trained) => encodeModel(trained).unwrapOr([])).unwrapOr([]))
    await expect.poll(() => parts().length).toBe(slow.length)
    const answer = await fetch(new URL('/v1/maps/quick/versions', address), {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: model,
    })
    expect(answer.status).toBe(201)
    for (const text of await Promise.all(slow)) expect(text).toMatch(/^HTTP\/1.1 408 /)
    await expect.poll(parts).toEqual([])
  })
})

const parts = (): string[] => readdirSync(join(folder, 'tables')).filter((name) => name.endsWith('.part'))
