import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { js, samplesOf, train } from '@som/core'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../test/settings-for.ts'
import { InFlight } from './in-flight.ts'
import { createServer } from './index.ts'
import { Refused } from './problem.ts'

const MIB = 2 ** 20
let app: FastifyInstance
let address: URL

beforeAll(async () => {
  const samples = samplesOf([[1, 2], [3, 5], [4, 1], [7, 8]], ['a', 'b']) // biome-ignore format: a table
  const som = (await train({ samples, lattice: { rows: 2, columns: 2 }, epochs: 1 })).unwrapOrElse(() => {
    throw new Error('not trained')
  })
  app = await createServer({ som, backend: js() }, settingsFor())
  address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
})
afterAll(() => app.close())

interface Begun {
  readonly socket: Socket
  readonly told: Promise<string>
}

/**
 * What is answered, null for requests that are still waited for, once that has not changed for three seconds: a busy
 * machine takes its time.
 */
async function settled(requests: readonly Begun[], least: number): Promise<(string | null)[]> {
  const answers: (string | null)[] = requests.map(() => null)
  requests.forEach(({ told }, i) => {
    void told.then((text) => {
      answers[i] = text
    })
  })
  const count = (): number => answers.filter((text) => text !== null).length
  await expect.poll(count).toBeGreaterThanOrEqual(least)
  for (let before = -1; before !== count(); await delay(3000)) before = count()
  return answers
}

/** A request of a 16 MiB body, of which these bytes are sent; and what is answered. */
function begun(sent = `{"instances": [[1, 2]]}${' '.repeat(15 * MIB)}`): Begun {
  const socket = connect(Number(address.port), '127.0.0.1')
  let text = ''
  socket.on('data', (part) => {
    text += part
  })
  // A server that has answered may end the connection while more is sent.
  socket.on('error', () => undefined)
  const told = new Promise<string>((resolve) => socket.once('close', () => resolve(text)))
  socket.write(
    `POST /v1/match HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${16 * MIB}\r\n\r\n`,
  )
  socket.write(sent)
  return { socket, told }
}

describe('large bodies of all callers together', () => {
  it('are bounded: those beyond are answered 503 and when to try again, small ones are served, and there is room afterwards', async () => {
    const requests = Array.from({ length: 12 }, begun)
    const refused = await settled(requests, 7)
    const answers = refused.filter((text) => text !== null)
    for (const text of answers) if (text !== '') expect(text).toMatch(/^HTTP\/1.1 503 .*\r\nretry-after: \d+\r\n/s)
    const small = await fetch(new URL('/v1/match', address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"instances": [[1, 2]]}',
    })
    expect(small.status).toBe(200)
    const rest = requests.filter((_, i) => refused[i] === null)
    for (const { socket } of rest) socket.write(' '.repeat(MIB - 23))
    for (const { told } of rest) expect(await told).toMatch(/^HTTP\/1.1 200 /)
    const { socket, told } = begun()
    socket.write(' '.repeat(MIB - 23))
    expect(await told).toMatch(/^HTTP\/1.1 200 /)
  })
})

describe('bodies whose callers leave', () => {
  const whole = `{"instances": [[1, 2]]}${' '.repeat(16 * MIB - 23)}`

  it.each([
    ['before all has arrived', 15 * MIB],
    ['before the answer', whole.length],
  ])('%s take no room of others', async (_, sent) => {
    for (let i = 0; i < 6; i++) {
      const { socket } = begun(whole.slice(0, sent))
      await new Promise((resolve) => socket.write('', resolve))
      socket.destroy()
    }
    // The bytes of a body are released once the work on it is done, so all of them are gone at the latest now.
    const answered = async (): Promise<string> => {
      const { told } = begun(whole)
      return (await told).slice(9, 12)
    }
    await expect.poll(answered, { timeout: 10_000 }).toBe('200')
    expect(await Promise.all([answered(), answered()])).toEqual(['200', '200'])
  })
})

describe('what is held', () => {
  it('may continue alone up to its own limit, and refused beside another', () => {
    const inFlight = new InFlight(10 * MIB)
    const [one, two] = [inFlight.open(), inFlight.open()]
    one.add(50 * MIB)
    expect(() => two.add(2 * MIB)).toThrow(Refused)
    one.reset()
    two.add(9 * MIB)
    one.add(2 ** 16)
    expect(() => one.add(2 * MIB)).toThrow(Refused)
  })
})
