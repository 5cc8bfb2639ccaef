import type { FastifyInstance, FastifyRequest } from 'fastify'
import { allows, type Caller, type Callers } from './keys/callers.ts'
import { isAmong, mapsText } from './keys/map-names.ts'
import { sendProblem } from './problem.ts'
import { isLoopback, type Settings } from './settings/settings.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller; set before any handler runs. */
    caller: Caller
  }
}

/** Admits requests by key, scope and the caller's rate. Headers stop browsers from guessing content types. */
export function guard(app: FastifyInstance, callers: Callers, settings: Settings): void {
  app.decorateRequest('caller', null as unknown as Caller)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store')
    const refuse = (status: number, detail: string): unknown => sendProblem(request, reply, status, detail)
    const isOpen = callers.isOpen()
    const { scope, withoutKey } = request.routeOptions.config
    const stranger = isOpen && !settings.isOpen ? strangerOf(request) : null
    if (stranger !== null) return refuse(403, stranger)
    const key = isOpen ? null : keyOf(request)
    const caller = isOpen || (scope === null && key === '') ? callers.nobody() : callers.find(key ?? '')
    if (scope === null) {
      request.caller = caller ?? callers.nobody()
      return
    }
    if (caller === null) {
      reply.header('www-authenticate', 'Bearer')
      if (withoutKey)
        return reply
          .code(401)
          .type('text/html')
          .header('content-security-policy', withoutKey.policy)
          .send(withoutKey.page)
      return refuse(401, 'expected a key: Authorization: Bearer <key>, or X-Api-Key')
    }
    if (scope !== undefined && !allows(caller, scope)) {
      return refuse(403, `expected a key that allows ${scope}, found one that allows ${caller.scopes.join(', ')}`)
    }
    // Every path that leads to a map of the registry names it so.
    const { name } = Object(request.params) as { readonly name?: unknown }
    if (typeof name === 'string' && !isAmong(caller.maps, name))
      return refuse(403, `expected a map of this key (${mapsText(caller.maps)}), found another`)
    const seconds = callers.wait(caller)
    if (seconds > 0) {
      reply.header('retry-after', String(Math.ceil(seconds)))
      return refuse(429, `expected at most ${caller.limits.rate} requests per second`)
    }
    request.caller = caller
  })
}

function keyOf({ headers }: FastifyRequest): string {
  const [, bearer] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? []
  const header = headers['x-api-key']
  return bearer ?? (typeof header === 'string' ? header : '')
}

/**
 * Why a request to a server without keys is refused: it uses a name that an attacker may have pointed at loopback, or
 * it comes from a page of another site in the user's browser. Null for other requests.
 */
function strangerOf({ headers, method }: FastifyRequest): string | null {
  const host = hostOf(`http://${headers.host ?? 'localhost'}`)
  if (host === null || !isLoopback(host)) return 'a server without keys answers only requests for a loopback name'
  const { origin } = headers
  const isSame = origin === undefined || (origin !== 'null' && isLoopback(hostOf(origin) ?? ''))
  if (method !== 'GET' && (!isSame || headers['sec-fetch-site'] === 'cross-site')) {
    return 'a server without keys refuses changes from pages of other sites'
  }
  return null
}

function hostOf(address: string): string | null {
  try {
    return new URL(address).hostname.replace(/^\[|\]$/g, '')
  } catch {
    return null
  }
}
