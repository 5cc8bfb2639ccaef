import createClient, { type Client } from 'openapi-fetch'
import type { components, paths } from './interface.ts'

/** What a server says about a request that it cannot serve: a problem document, RFC 9457, with every issue. */
export type Problem = components['schemas']['Problem']

/**
 * A method for each of HTTP's, typed by the paths of the server: `GET('/v1/map')`, `POST('/v1/jobs', { body })`. Each
 * gives `{ data, error, response }`.
 */
export type SomClient = Client<paths>

export interface ClientOptions {
  /** A key of the server, where it asks for one. */
  readonly key?: string
  /** What sends requests: the `fetch` of the platform where none is given. */
  readonly fetch?: typeof globalThis.fetch
}

/** A client of the server at an address such as `http://127.0.0.1:8080`. */
export function somClient(address: string, { key, fetch }: ClientOptions = {}): SomClient {
  return createClient<paths>({
    baseUrl: address.replace(/\/+$/, ''),
    ...(key !== undefined && { headers: { authorization: `Bearer ${key}` } }),
    ...(fetch && { fetch }),
  })
}
