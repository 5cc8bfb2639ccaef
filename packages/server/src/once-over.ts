import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * Calls `work` once for each request that is over: answered, or left by its caller. Fastify's own hooks miss a caller
 * who sends all of a request and leaves before the answer: `onResponse` wants an answer, `onRequestAbort` a part that
 * is missing.
 */
export function onceOver(app: FastifyInstance, work: (request: FastifyRequest, reply: FastifyReply) => void): void {
  const known = new WeakSet<FastifyRequest>()
  const end = (request: FastifyRequest, reply: FastifyReply): void => {
    if (known.has(request)) return
    known.add(request)
    work(request, reply)
  }
  app.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => end(request, reply))
  })
  // A request that is injected has no connection to close.
  app.addHook('onResponse', async (request, reply) => end(request, reply))
}
