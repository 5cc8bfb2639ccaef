import { Transform } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { onceOver } from './once-over.ts'
import { Refused } from './problem.ts'

/** Bytes of each body that are not counted, so that small requests are always served. */
const FREE_BYTES = 2 ** 16
/** Seconds after which a caller may try again. */
const RETRY_SECONDS = 2

/**
 * The bytes of request bodies in memory, of all callers together. Only bytes that have arrived are counted, not those
 * that a header announces.
 */
export class InFlight {
  private held = 0
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  /**
   * The bytes of one request. A request that holds all of them may continue: it has its own limit. Throws a `Refused`
   * (503) if the limit is reached.
   */
  open(): Held {
    let own = 0
    let isOver = false
    const counted = (): number => Math.max(0, own - FREE_BYTES)
    const set = (bytes: number): void => {
      this.held -= counted()
      own = bytes
      this.held += counted()
    }
    return {
      add: (bytes) => {
        if (isOver) return
        set(own + bytes)
        if (this.held > this.most && this.held > counted()) {
          set(0)
          throw new Refused(503, [{ path: '', message: 'too many large requests at once; try again' }], RETRY_SECONDS)
        }
      },
      reset: () => set(0),
      end: () => {
        set(0)
        isOver = true
      },
    }
  }
}

export interface Held {
  add(bytes: number): void
  /** Releases everything. */
  reset(): void
  /** Releases everything, and counts nothing from here on. */
  end(): void
}

/** For bytes that are counted elsewhere. */
export const UNCOUNTED: Held = { add: () => undefined, reset: () => undefined, end: () => undefined }

declare module 'fastify' {
  interface FastifyRequest {
    /** Counts the bytes of this request's body in memory; set before any handler runs. */
    held: Held
  }
}

/**
 * Bounds the bodies that are buffered whole: counted from arrival until the answer is sent. Streamed bodies count what
 * they buffer through `request.held`.
 */
export function boundBodies(app: FastifyInstance, inFlight: InFlight): void {
  app.decorateRequest('held', null as unknown as Held)
  app.addHook('onRequest', async (request) => {
    request.held = inFlight.open()
  })
  app.addHook('preParsing', (request, _, payload, done) => {
    const [type] = (request.headers['content-type'] ?? '').split(';')
    if (request.routeOptions.config.streams?.includes(type.trim().toLowerCase())) return done(null, payload)
    const { held } = request
    const counted = new Transform({
      transform(part: Uint8Array, _encoding, next) {
        try {
          held.add(part.length)
          next(null, part)
        } catch (error) {
          // `add` only throws a `Refused`, which is an Error.
          next(error as Error)
        }
      },
    })
    payload.once('error', (error) => counted.destroy(error))
    payload.once('aborted', () => counted.destroy())
    done(null, payload.pipe(counted))
  })
  // A handler may still work on a body whose caller has left.
  const worked = new WeakSet<FastifyRequest>()
  const left = new WeakSet<FastifyRequest>()
  app.addHook('preHandler', async (request) => {
    worked.add(request)
  })
  app.addHook('onSend', async (request) => {
    worked.delete(request)
    if (left.has(request)) request.held?.end()
  })
  onceOver(app, (request) => {
    left.add(request)
    // A request that was refused earlier has no count.
    if (!worked.has(request)) request.held?.end()
  })
}
