import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sendProblem } from './problem.ts'

/** A name or an address with an optional port, without user, path or other parts. */
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?$/i

/**
 * Refuses requests that two servers may attribute to different hosts: two `Host` headers, a malformed one, or a target
 * with another host. RFC 9112, section 3.2.
 */
export function refuseHosts(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const found = wrongHost(request)
    if (found === null) return done()
    sendProblem(request, reply, 400, found)
  })
}

/** What is wrong with the host of a request; null if nothing is. */
function wrongHost({ raw: { httpVersionMinor, rawHeaders, url = '' } }: FastifyRequest): string | null {
  const hosts = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1].toLowerCase() === 'host')
  if (hosts.length > 1) return `expected one Host header, found ${hosts.length}`
  const [host] = hosts
  // HTTP/1.0 requests may have no Host header.
  if (host === undefined && httpVersionMinor > 0) return 'expected a Host header, found none'
  if (host !== undefined && !HOST.test(host)) return 'expected a Host header with a name and a port, or a name alone'
  const [, authority] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url) ?? []
  if (authority !== undefined && authority.toLowerCase() !== host?.toLowerCase())
    return 'expected a target with the same host as the Host header'
  return null
}
