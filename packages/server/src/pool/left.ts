import { setMaxListeners } from 'node:events'
import type { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { Refused } from '../problem.ts'

/** What servers record for a request that its caller has closed; nobody reads it. */
const CLOSED = 499

/** One signal for each connection, however many requests come over it. */
const signals = new WeakMap<Socket, AbortSignal>()

/** Aborts once the caller of a request has left: nobody waits for the answer then. */
export function leftBy({ raw: { socket } }: Pick<FastifyRequest, 'raw'>): AbortSignal {
  const known = signals.get(socket)
  if (known !== undefined) return known
  const left = new AbortController()
  setMaxListeners(0, left.signal)
  const leave = (): void => left.abort(new Refused(CLOSED, [{ path: '', message: 'the caller has left' }]))
  if (socket.destroyed) leave()
  else socket.once('close', leave)
  signals.set(socket, left.signal)
  return left.signal
}
