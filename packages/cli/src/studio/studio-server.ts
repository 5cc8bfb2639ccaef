import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Issue } from '@som/core'
import { PAGE_HEADERS, type PageFile } from '@som/studio'
import Result from 'true-myth/result'
import type { Offered, Session } from './session.ts'

/** What is served, and where. */
export interface Studio {
  readonly files: ReadonlyMap<string, PageFile>
  readonly session: Session
  /** 0 for one that is free. */
  readonly port: number
}

const HOST = '127.0.0.1'

/**
 * Starts the studio's server on the loopback. The page itself may be read by any program of this machine; the table and
 * the map only by who has the token of the address. It stands behind `#`, which no browser sends on, and comes as a
 * header, which no other page can send here.
 */
export async function startStudio(
  studio: Studio,
): Promise<Result<{ readonly address: string; stop(): Promise<void> }, Issue>> {
  const token = randomBytes(24).toString('base64url')
  const server = createServer((request, response) => {
    answer(request, response, studio, token).catch(() => response.destroy())
  })
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const message = error.code === 'EADDRINUSE' ? `port ${studio.port} is taken; choose another` : error.message
      resolve(Result.err({ path: '--port', message }))
    })
    server.listen(studio.port, HOST, () => {
      // The server listens on a port, and not on a pipe.
      const { port } = server.address() as AddressInfo
      const stop = (): Promise<void> =>
        new Promise((done) => {
          server.close(() => done())
          server.closeAllConnections()
        })
      resolve(Result.ok({ address: `http://${HOST}:${port}/#token=${token}`, stop }))
    })
  })
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { files, session }: Studio,
  token: string,
): Promise<void> {
  const { host = '' } = request.headers
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value)
  // A name that somebody else's server gave to this address is not ours.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return end(response, 421, 'expected this address, found another')
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405, 'expected GET')
  const path = (request.url ?? '/').replace(/[?#].*$/s, '')
  if (path.startsWith('/api/')) {
    if (!isToken(request.headers['x-som-token'], token)) return end(response, 401, 'expected the token of the address')
    return answerApi(path, response, session)
  }
  const file = files.get(path === '/index.html' ? '/' : path)
  if (file === undefined) return end(response, 404, 'no such page')
  response.setHeader('content-type', file.type)
  response.setHeader('cache-control', file.isLasting ? 'public, max-age=31536000, immutable' : 'no-cache')
  response.end(request.method === 'HEAD' ? undefined : file.read())
}

function answerApi(path: string, response: ServerResponse, { table, map }: Session): void {
  response.setHeader('cache-control', 'no-store')
  if (path === '/api/session') {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ table: table && describe(table), map: map && describe(map) }))
    return
  }
  const file = path === '/api/table' ? table : path === '/api/map' ? map : null
  if (file === null) {
    end(response, 404, 'no such file')
    return
  }
  response.setHeader('content-type', 'application/octet-stream')
  response.setHeader('content-length', file.bytes)
  file
    .read()
    .on('error', () => response.destroy())
    .pipe(response)
}

const describe = ({ name, path, bytes, key }: Offered): object => ({ name, path, bytes, key })

/** Compared by digests, so that how long it takes says nothing about the token. */
function isToken(given: string | string[] | undefined, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(token))
}

function end(response: ServerResponse, status: number, message: string): void {
  response.statusCode = status
  response.setHeader('content-type', 'text/plain; charset=utf-8')
  response.end(`${message}\n`)
}
