import { lookup as resolve } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { Refused } from '../problem.ts'
import { isPublic } from './addresses.ts'

/** Which addresses may be fetched from. */
export interface AllowedUrls {
  /** What an address must begin with; each ends in `/`. */
  readonly prefixes: readonly string[]
  /** Whether it was said plainly that addresses of this machine and its network may be fetched from. */
  readonly allowPrivate: boolean
}

const refusal = (message: string): Refused => new Refused(403, [{ path: 'table.url', message }])
const FETCH_MS = 60_000

/** The address, where it begins with a prefix that is allowed and says nothing that servers read in more than one way. Throws a `Refused`. */
export function allowedUrl(text: string, { prefixes, allowPrivate }: AllowedUrls): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  const outside = 'expected an address under a prefix that is allowed (--allow-url)'
  if (url === null || !/^https?:$/.test(url.protocol)) throw refusal(outside)
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    throw refusal('expected an address without user, password and fragment')
  // A server behind may take these for `/` and `..`, which the prefix has not seen.
  if (/%2f|%5c|%2e|%25|%00|\\/i.test(text))
    throw refusal('expected an address without escaped slashes, dots and percent signs')
  const isUnder = prefixes.some((prefix) => {
    const base = new URL(prefix)
    return url.origin === base.origin && url.pathname.startsWith(base.pathname)
  })
  if (!isUnder) throw refusal(outside)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!allowPrivate && isIP(host) !== 0 && !isPublic(host)) throw refusal(PRIVATE)
  return url
}

const PRIVATE = 'expected an address of the internet, found one of this machine or its network'

/** What is at an address: of a name, only where each of its addresses is allowed, and from that very address. Redirects are not followed. */
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
          { path: 'table.url', message: `expected a table, found ${status === 200 ? 'it compressed' : found}` },
        ]),
      )
    })
    call.once('error', (error) =>
      reject(
        error instanceof Refused ? error : new Refused(422, [{ path: 'table.url', message: 'could not be fetched' }]),
      ),
    )
    call.end()
  })
}
