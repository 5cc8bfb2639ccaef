import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { js, match, samplesOf, train } from '@som/core'
import { encodeModel } from '@som/io'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { createServer, type Data, openData } from '../index.ts'
import { SMALL_MODEL } from '../registry/check-model.ts'

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

describe('a model file', () => {
  const put = (map: string, body: Uint8Array<ArrayBuffer>) =>
    fetch(new URL(`/v1/maps/${map}/versions`, address), {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body,
    })

  it.each([
    ['small, checked where it is', 4],
    ['large, checked in a thread', 40],
  ])('that is %s, is kept and opened again; one bit changed, it is refused', async (name, side) => {
    const columns = Array.from({ length: 60 }, (_, i) => `c${i}`)
    const samples = samplesOf(
      Array.from({ length: 6 }, (_, i) => columns.map((_, f) => Math.sin(i * 7 + f))),
      columns,
    )
    const som = await train({ samples, lattice: { rows: side, columns: side }, epochs: 1 })
    const model = Buffer.concat(som.map((trained) => encodeModel(trained).unwrapOr([])).unwrapOr([]))
    expect(model.length > SMALL_MODEL).toBe(name.startsWith('large'))
    const map = `kept-${side}`
    expect((await put(map, model)).status).toBe(201)
    const rows = { instances: [[...samples.data.subarray(0, 60)], [...samples.data.subarray(60, 120)]] }
    const answer = await fetch(new URL(`/v1/maps/${map}/versions/1/match`, address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rows),
    })
    const { predictions } = await answer.json()
    const found = som.isOk && (await match(som.value, { ...samples, rows: 2, data: samples.data.subarray(0, 120) }))
    expect(predictions.map((row: { unit: number }) => row.unit)).toEqual(found && [...found.unwrapOrElse(fail).unit])
    model[model.length - 1] ^= 1
    const refused = await put(map, model)
    expect([refused.status, (await refused.json()).issues[0].message]).toEqual([
      422,
      expect.stringMatching(/SHA-256.*the file is damaged/),
    ])
  })
})

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}

const parts = (): string[] => readdirSync(join(folder, 'tables')).filter((name) => name.endsWith('.part'))
