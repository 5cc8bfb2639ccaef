import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { js, type Som, samplesOf, train } from '@som/core'
import type { FastifyInstance } from 'fastify'
import { beforeAll, expect, it } from 'vitest'
import { settingsFor } from '../test/settings-for.ts'
import { createServer } from './index.ts'

const HEAD =
  'POST /invocations HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n'
let som: Som

beforeAll(async () => {
  const rows = Array.from({ length: 9 }, (_, i) => [Math.sin(i), Math.cos(i * 1.3)])
  const trained = await train({ samples: samplesOf(rows), lattice: { rows: 2, columns: 2 }, epochs: 1 })
  som = trained.unwrapOrElse(() => {
    throw new Error('not trained')
  })
})

/** All that is stated on a connection until it ends. */
function heard(socket: Socket): Promise<string> {
  let text = ''
  socket.on('data', (part) => {
    text += part
  })
  return new Promise((resolve) => socket.once('close', () => resolve(text)))
}

it('a client that never ends its request is cut off, and others are served meanwhile', async () => {
  const app = await createServer({ som, backend: js() }, { ...settingsFor(), bodySeconds: 0.2 })
  const address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const told = Array.from({ length: 20 }, () => {
    const socket = connect(Number(address.port), '127.0.0.1')
    socket.write(`${HEAD}{"inst`)
    return heard(socket)
  })
  expect((await fetch(new URL('/ping', address))).status).toBe(200)
  for (const text of await Promise.all(told)) expect(text).toMatch(/^HTTP\/1.1 408 /)
  await app.close()
})

it('a server that ends leaves at once who has said nothing and who is answered, and waits for a request that has begun', async () => {
  const app = await createServer({ som, backend: js() }, settingsFor())
  const answer = new PassThrough()
  let requests = 0
  app.addHook('onRequest', async () => {
    requests++
  })
  app.get('/answered-slowly', (_, reply) => reply.send(answer))
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const [silent, answered, begun] = Array.from({ length: 3 }, () => connect(Number(port), '127.0.0.1'))
  const [toSilent, toAnswered, toBegun] = [silent, answered, begun].map(heard)
  answered.write('GET /answered-slowly HTTP/1.1\r\nhost: localhost\r\n\r\n')
  answer.write('first')
  const body = '{"instances": [[1, 2]]}'.padEnd(1000)
  begun.write(HEAD + body.slice(0, 9))
  await Promise.all([once(silent, 'connect'), once(answered, 'data')])
  await expect.poll(() => connections(app)).toBe(3)
  await expect.poll(() => requests).toBe(2)
  const ended = app.close()
  expect(await toSilent).toBe('')
  answer.end('last')
  expect(await toAnswered).toMatch(/^HTTP\/1.1 200 .*first.*last/s)
  begun.end(body.slice(9))
  expect(await toBegun).toMatch(/^HTTP\/1.1 200 /)
  await ended
})

const connections = (app: FastifyInstance): Promise<number> =>
  new Promise((resolve, reject) =>
    app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )
