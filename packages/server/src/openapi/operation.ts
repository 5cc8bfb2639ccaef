import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type * as v from 'valibot'
import { checked } from '../check.ts'
import type { Caller } from '../keys/callers.ts'
import type { Scope } from '../keys/scopes.ts'
import type { Example } from './example.ts'
import type { Group } from './groups.ts'

/** One thing that the server does: the schemas here check requests, and the description of the interface is made of them. */
export interface Operation<P, Q, B> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With parameters as `:name`. */
  readonly path: string
  readonly summary: string
  readonly group: Group
  /** What a key must allow; null: no key is asked for. */
  readonly scope: Scope | null
  readonly params?: v.GenericSchema<unknown, P>
  readonly query?: v.GenericSchema<unknown, Q>
  /** A body of JSON. */
  readonly body?: v.GenericSchema<unknown, B>
  /** Bodies that the handler reads by itself, by media type. */
  readonly media?: Readonly<Record<string, v.GenericSchema | 'binary' | 'text'>>
  readonly answers: Readonly<Record<number, Answer>>
  /** What a body is taken for that says nothing of its type: some clients never say. */
  readonly usualType?: string
  /** What parameters of the path may be, where their schemas say only that they are text. */
  readonly choices?: Readonly<Record<string, readonly string[]>>
  /** A request of this caller that works as it stands; null where there is none now. */
  readonly example?: (caller: Caller) => Promise<Example | null>
  /** Whether bodies that the handler reads by itself are kept, and not answered as they come. */
  readonly isUpload?: boolean
}

export interface Answer {
  readonly description: string
  /** `application/json` where none is given. */
  readonly type?: string
  readonly schema?: v.GenericSchema
}

/** A request whose parameters, query and body are as their schemas say. */
export interface Call<P, Q, B> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a key must allow; null: no key is asked for; undefined: a key, whatever it allows. */
    scope?: Scope | null
    /** Media types of bodies that are read as they come. */
    streams?: readonly string[]
    /** Whether those are kept and not answered as they come: they must come at a pace. */
    isUpload?: boolean
    /** The page that asks who has no key for one, in place of a problem document. */
    withoutKey?: { readonly page: string; readonly policy: string }
  }
}

/** What the server does, as it is put together. */
export class Routes {
  readonly operations: Operation<unknown, unknown, unknown>[]
  readonly app: FastifyInstance

  constructor(app: FastifyInstance, operations: Operation<unknown, unknown, unknown>[] = []) {
    this.app = app
    this.operations = operations
  }

  /** Routes of their own that read bodies in their own ways, told together with these. */
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
          // Without a schema the type says unknown, which everything is.
          params: (params ? checked(params, request.params) : request.params) as P,
          query: (query ? checked(query, request.query) : request.query) as Q,
          body: (body ? checked(body, request.body) : request.body) as B,
          request,
          reply,
        }),
    })
  }
}
