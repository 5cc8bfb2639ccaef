import { connect } from 'node:net'
import { js, samplesOf, train } from '@som/core'
import { expect, it } from 'vitest'
import { settingsFor } from '../test/settings-for.ts'
import { createServer } from './index.ts'

it('a client that never ends its request is cut off, and others are served meanwhile', async () => {
  const rows = Array.from({ length: 9 }, (_, i) => [Math.sin(i), Math.cos(i * 1.3)])
  const som = (await train({ samples: samplesOf(rows), lattice: { rows: 2, columns: 2 }, epochs: 1 })).unwrapOrElse(
    () => {
      throw new Error('not trained')
    },
  )
  const app = await createServer({ som, backend: js() }, { ...settingsFor(), bodySeconds: 0.2 })
  const address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const told = Array.from(
    { length: 20 },
    () =>
      new Promise<string>((resolve) => {
        const socket = connect(Number(address.port), '127.0.0.1')
        let text = ''
        socket.on('data', (part) => {
          text += part
        })
        socket.once('close', () => resolve(text))
        socket.write(
          'POST /invocations HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"inst',
        )
      }),
  )
  expect((await fetch(new URL('/ping', address))).status).toBe(200)
  for (const text of await Promise.all(told)) expect(text).toMatch(/^HTTP\/1.1 408 /)
  await app.close()
})
