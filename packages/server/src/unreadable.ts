import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { PROBLEM_TYPE, problemDocument, sendProblem } from './problem.ts'

/** Refuses bodies that are compressed: nothing here takes them apart, and none is kept as if it were what it holds. */
export function refuseEncoded(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const encoding = request.headers['content-encoding']
    if (encoding === undefined || encoding.toLowerCase() === 'identity') return done()
    reply.header('accept-encoding', 'identity')
    sendProblem(request, reply, 415, 'expected a body without content-encoding')
  })
}

/** The status of what is no request, by node's code of the error. */
const STATUSES: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }

/** Answers what is no request, or comes too slowly, by a problem document, and ends its connection: where the next request would begin is not known. */
export function endUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const status = STATUSES[error.code ?? ''] ?? 400
  const body = JSON.stringify(problemDocument(status, 'expected a request of HTTP/1.1'))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${PROBLEM_TYPE}; charset=utf-8`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroySoon()
}
