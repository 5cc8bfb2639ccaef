import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** How a file is sent: its type, and how long browsers may keep it. */
export interface Packed {
  readonly type: string
  readonly kept: string
  read(): Promise<Buffer> | Buffer
}

/** Answers with a file, read and packed once, on the first request for it. */
export function packed({ type, kept, read }: Packed): (request: FastifyRequest, reply: FastifyReply) => unknown {
  let found: Promise<{ plain: Buffer; small: Buffer }> | undefined
  return async ({ headers }, reply) => {
    found ??= Promise.resolve(read()).then(async (plain) => ({ plain, small: await promisify(gzip)(plain) }))
    const { plain, small } = await found
    const isPacked = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))
    if (isPacked) reply.header('content-encoding', 'gzip')
    reply.type(type).header('vary', 'accept-encoding').header('cache-control', kept)
    return reply.send(isPacked ? small : plain)
  }
}
