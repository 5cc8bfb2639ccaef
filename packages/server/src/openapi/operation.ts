import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type * as v from 'valibot'
import { checked } from '../check.ts'
import type { Caller } from '../keys/callers.ts'
import type { Scope } from '../keys/scopes.ts'
import type { Example } from './example.ts'
import type { Group } from './groups.ts'

/** One operation of the server. Its schemas check requests and generate the OpenAPI description. */
export interface Operation<P, Q, B> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With parameters as `:name`. */
  readonly path: string
  readonly summary: string
  readonly group: Group
  /** The scope that a key needs; null: no key is required. */
  readonly scope: Scope | null
  readonly params?: v.GenericSchema<unknown, P>
  readonly query?: v.GenericSchema<unknown, Q>
  /** A JSON body. */
  readonly body?: v.GenericSchema<unknown, B>
  /** Bodies that the handler reads itself, by media type. */
  readonly media?: Readonly<Record<string, v.GenericSchema | 'binary' | 'text'>>
  readonly answers: Readonly<Record<number, Answer>>
  /** The media type assumed for a body without one: some clients never send it. */
  readonly usualType?: string
  /** What parameters of the path may be, where their schemas say only that they are text. */
  readonly choices?: Readonly<Record<string, readonly string[]>>
  /** A request of this caller that works unchanged; null where there is none now. */
  readonly example?: (caller: Caller) => Promise<Example | null>
  /** Whether bodies that the handler reads itself are stored rather than answered while they arrive. */
  readonly isUpload?: boolean
}

export interface Answer {
  readonly description: string
  /** `application/json` by default. */
  readonly type?: string
  readonly schema?: v.GenericSchema
}

/** A request whose parameters, query and body match their schemas. */
export interface Call<P, Q, B> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope that a key needs; null: no key is required; undefined: any key. */
    scope?: Scope | null
    /** Media types of bodies that are streamed. */
    streams?: readonly string[]
    /** Whether those are stored rather than answered while they arrive: they must then arrive at a minimum rate. */
    isUpload?: boolean
    /** The page that asks who has no key for one, in place of a problem document. */
    withoutKey?: { readonly page: string; readonly policy: string }
  }
}

/** The operations of the server, collected as it is built. */
export class Routes {
  readonly operations: Operation<unknown, unknown, unknown>[]
  readonly app: FastifyInstance

  constructor(app: FastifyInstance, operations: Operation<unknown, unknown, unknown>[] = []) {
    this.app = app
    this.operations = operations
  }

  /** Separate routes with their own body parsers, described together with these. */
  async within(use: (routes: Routes) => void): Promise<void> {
    await this.app.register(async (app) => use(new Routes(app, this.operations)))
  }

  on<P = unknown, Q = unknown, B = unknown>(
    operation: Operation<P, Q, B>,
    handle: (call: Call<P, Q, B>) => unknown,
  ): void {
    const { method, path, scope, params, query, body, media = {}, usualType, isUpload = false } = operation
    this.operations.push(operation)
    const streams = Object.keys(media).filter((type) => media[type] === 'binary')
    this.app.route({
      method,
      url: path,
      config: { scope, streams, isUpload, rows: 'application/json' in media },
      ...(usualType && {
        onRequest: async ({ headers }) => {
          if (!headers['content-type']) headers['content-type'] = usualType
        },
      }),
      handler: (request, reply) =>
        handle({
          // Without a schema the type is unknown, which accepts everything.
          params: (params ? checked(params, request.params) : request.params) as P,
          query: (query ? checked(query, request.query) : request.query) as Q,
          body: (body ? checked(body, request.body) : request.body) as B,
          request,
          reply,
        }),
    })
  }
}
