import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Milliseconds that requests have to end when the server does. */
const GRACE_MS = 10_000

/** Ends connections that would not end by themselves: those of requests that were answered before they had come whole; and, when the server ends, those on which nothing was said yet, those whose request is answered, and all others a while later. */
export function endConnections(app: FastifyInstance): void {
  const open = new Set<Socket>()
  let isEnding = false
  app.server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  app.addHook('onSend', async (request, reply) => {
    if (!request.raw.complete) reply.header('connection', 'close')
  })
  app.addHook('preClose', async () => {
    isEnding = true
    // Node takes a connection on which nothing was said for one whose request is on its way.
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
    setTimeout(() => app.server.closeAllConnections(), GRACE_MS).unref()
  })
  app.addHook('onResponse', async () => {
    // Whoever was answered from before the end on was told that the connection stays open.
    if (isEnding) setImmediate(() => app.server.closeIdleConnections())
  })
}

/** Ends requests whose body does not come in time. Those that are read as they come may take as long as bytes keep coming. */
export function endSlow(app: FastifyInstance, seconds: number): void {
  const timers = new WeakMap<object, NodeJS.Timeout>()
  app.addHook('preParsing', async (request) => {
    const [type] = (request.headers['content-type'] ?? '').split(';')
    if (request.routeOptions.config.streams?.includes(type.trim().toLowerCase())) return
    const { socket } = request.raw
    const timer = setTimeout(() => {
      if (socket.writable) socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')
      socket.destroySoon()
    }, seconds * 1000)
    timer.unref()
    timers.set(request, timer)
  })
  app.addHook('preValidation', async (request) => clearTimeout(timers.get(request)))
  app.addHook('onResponse', async (request) => clearTimeout(timers.get(request)))
  app.addHook('onRequestAbort', async (request) => clearTimeout(timers.get(request)))
}
