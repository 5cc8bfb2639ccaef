import { lookup as resolve } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { Refused } from '../problem.ts'
import { isPublic } from './addresses.ts'

/** Which addresses may be fetched. */
export interface AllowedUrls {
  /** Allowed prefixes of an address; each ends in `/`. */
  readonly prefixes: readonly string[]
  /** Whether addresses of this machine and its network were explicitly allowed. */
  readonly allowPrivate: boolean
}

const refusal = (message: string): Refused => new Refused(403, [{ path: 'table.url', message }])
const FETCH_MS = 60_000

/**
 * The address, if it begins with an allowed prefix and has no parts that servers interpret differently. Throws a
 * `Refused`.
 */
export function allowedUrl(text: string, { prefixes, allowPrivate }: AllowedUrls): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  const outside = 'expected an address under an allowed prefix (--allow-url)'
  if (url === null || !/^https?:$/.test(url.protocol)) throw refusal(outside)
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    throw refusal('expected an address without user, password or fragment')
  // The remote server may read these as `/` and `..`, which the prefix check has not seen.
  if (/%2f|%5c|%2e|%25|%00|\\/i.test(text))
    throw refusal('expected an address without escaped slashes, dots or percent signs')
  const isUnder = prefixes.some((prefix) => {
    const base = new URL(prefix)
    return url.origin === base.origin && url.pathname.startsWith(base.pathname)
  })
  if (!isUnder) throw refusal(outside)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!allowPrivate && isIP(host) !== 0 && !isPublic(host)) throw refusal(PRIVATE)
  return url
}

const PRIVATE = 'expected a public internet address, found one of this machine or its network'

/**
 * Fetches an address. A host name is fetched only if each of its IP addresses is allowed, and from exactly the checked
 * one. Redirects are not followed.
 */
export function fetchAllowed(url: URL, allowed: AllowedUrls): Promise<IncomingMessage> {
  const lookup: LookupFunction = (host, options, done) => {
    resolve(host, { ...options, all: true, verbatim: true }, (error, found) => {
      if (error) return done(error, '')
      const isRefused = !allowed.allowPrivate && found.some(({ address }) => !isPublic(address))
      if (isRefused || found.length === 0) return done(refusal(PRIVATE), '')
      return options.all ? done(null, found) : done(null, found[0].address, found[0].family)
    })
  }
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const headers = { accept: '*/*', 'accept-encoding': 'identity' }
    const signal = AbortSignal.timeout(FETCH_MS)
    const call = send(url, { lookup, agent: false, headers, signal, maxHeaderSize: 16_384 }, (answer) => {
      const status = answer.statusCode ?? 0
      const encoding = answer.headers['content-encoding'] ?? 'identity'
      if (status === 200 && encoding === 'identity') return resolve(answer)
      answer.destroy()
      const found = status >= 300 && status < 400 ? 'a redirect, which is not followed' : `status ${status}`
      reject(
        new Refused(422, [
          { path: 'table.url', message: `expected a table, found ${status === 200 ? 'a compressed answer' : found}` },
        ]),
      )
    })
    call.once('error', (error) =>
      reject(
        error instanceof Refused ? error : new Refused(422, [{ path: 'table.url', message: 'cannot be fetched' }]),
      ),
    )
    call.end()
  })
}
