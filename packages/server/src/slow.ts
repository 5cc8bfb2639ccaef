import { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Milliseconds that requests have to finish when the server shuts down. */
const GRACE_MS = 10_000

/**
 * Closes connections that would stay open: those of requests answered before they had arrived completely; and, at
 * shutdown, those without a request, those whose request is answered, and all others a while later.
 */
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
    // Node treats a connection without any data as one whose request is arriving.
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
    setTimeout(() => app.server.closeAllConnections(), GRACE_MS).unref()
  })
  app.addHook('onResponse', async () => {
    // Clients answered before the shutdown were promised an open connection.
    if (isEnding) setImmediate(() => app.server.closeIdleConnections())
  })
}

/** The minimum average rate of an upload, in bytes per second. */
const LEAST_PACE = 2 ** 16

/**
 * Ends requests whose body does not arrive in time: within this many seconds, plus one second per 64 KiB of an upload.
 * Streamed rows may take as long as bytes keep arriving.
 */
export function endSlow(app: FastifyInstance, seconds: number): void {
  const timers = new WeakMap<object, NodeJS.Timeout>()
  app.addHook('preParsing', async (request) => {
    const [type] = (request.headers['content-type'] ?? '').split(';')
    const { isUpload = false, streams } = request.routeOptions.config
    if (!isUpload && streams?.includes(type.trim().toLowerCase())) return
    const { socket } = request.raw
    // A request that is injected has no connection, and has arrived.
    if (!(socket instanceof Socket)) return
    const [begun, before] = [performance.now(), socket.bytesRead]
    const leftOf = (): number => {
      const allowed = seconds + (isUpload ? (socket.bytesRead - before) / LEAST_PACE : 0)
      return allowed * 1000 - (performance.now() - begun)
    }
    const watch = (): void => {
      const timer = setTimeout(
        () => {
          if (request.raw.complete) return
          if (leftOf() > 0) return watch()
          if (socket.writable) socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')
          socket.destroySoon()
        },
        Math.max(1, leftOf()),
      )
      timer.unref()
      timers.set(request, timer)
    }
    watch()
  })
  app.addHook('preValidation', async (request) => {
    // The handler reads an upload, after this.
    if (!request.routeOptions.config.isUpload) clearTimeout(timers.get(request))
  })
  app.addHook('onResponse', async (request) => clearTimeout(timers.get(request)))
  app.addHook('onRequestAbort', async (request) => clearTimeout(timers.get(request)))
}
