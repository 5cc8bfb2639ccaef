import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from './problem.ts'

/** Seconds after which a caller may try again. */
const RETRY_SECONDS = 1

/**
 * Refuses (503) requests while `most` others wait for their answer, so that those have it soon. A request counts from
 * when its body has arrived, so that slow senders take no place, until its answer begins. Uploads have places of their
 * own, and what needs no key is always answered: a server under load is alive.
 */
export function shed(app: FastifyInstance, most: number): void {
  const waiting = new WeakSet<FastifyRequest>()
  let count = 0
  const release = async (request: FastifyRequest): Promise<void> => {
    if (waiting.delete(request)) count--
  }
  app.addHook('preValidation', async (request) => {
    const { scope, isUpload } = request.routeOptions.config
    if (scope === null || isUpload) return
    if (count >= most)
      throw new Refused(503, [{ path: '', message: 'too many requests at once; try again' }], RETRY_SECONDS)
    waiting.add(request)
    count++
  })
  app.addHook('onSend', release)
  app.addHook('onResponse', release)
  app.addHook('onRequestAbort', release)
}
