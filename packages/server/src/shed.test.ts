import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { Refused } from './problem.ts'
import { shed } from './shed.ts'

let app: FastifyInstance | undefined
afterEach(() => app?.close())

/** A server whose requests to `/slow` wait until `letGo`. */
async function slowServer(most: number): Promise<{ address: string; begun: () => number; letGo: () => void }> {
  let begun = 0
  const going: (() => void)[] = []
  app = Fastify()
  shed(app, most)
  app.setErrorHandler((error, _, reply) =>
    error instanceof Refused
      ? reply.code(error.status).header('retry-after', String(error.retryAfter)).send(error.issues)
      : reply.code(500).send(String(error)),
  )
  app.get('/slow', async () => {
    begun++
    await new Promise<void>((resolve) => going.push(resolve))
    return 'done'
  })
  app.get('/alive', { config: { scope: null } }, async () => 'alive')
  const letGo = (): void => {
    for (const go of going.splice(0)) go()
  }
  return { address: await app.listen({ host: '127.0.0.1', port: 0 }), begun: () => begun, letGo }
}

describe('a server that answers as many requests as it may', () => {
  it('refuses further ones at once, and takes new ones once those are answered', async () => {
    const { address, begun, letGo } = await slowServer(2)
    const first = [fetch(`${address}/slow`), fetch(`${address}/slow`)]
    await expect.poll(begun).toBe(2)
    const refused = await fetch(`${address}/slow`)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    expect((await fetch(`${address}/alive`)).status).toBe(200)
    letGo()
    for (const answer of await Promise.all(first)) expect(answer.status).toBe(200)
    const next = fetch(`${address}/slow`)
    await expect.poll(begun).toBe(3)
    letGo()
    expect((await next).status).toBe(200)
  })

  it('has the place of a caller who went away', async () => {
    const { address, begun, letGo } = await slowServer(1)
    const away = new AbortController()
    const gone = fetch(`${address}/slow`, { signal: away.signal }).catch(() => 'gone')
    await expect.poll(begun).toBe(1)
    away.abort()
    expect(await gone).toBe('gone')
    const statuses: number[] = []
    const ask = async (): Promise<number> => {
      const asked = fetch(`${address}/slow`)
      asked.then(({ status }) => statuses.push(status))
      await expect.poll(() => statuses.length + begun()).toBeGreaterThan(1)
      return begun()
    }
    await expect.poll(ask).toBe(2)
    letGo()
    await expect.poll(() => statuses.includes(200)).toBe(true)
  })
})
