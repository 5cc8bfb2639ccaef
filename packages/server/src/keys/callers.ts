import { timingSafeEqual } from 'node:crypto'
import type { KeyStore } from './key-store.ts'
import { digestOf } from './key-store.ts'
import { Bucket, type Limits } from './limits.ts'
import type { MapNames } from './map-names.ts'
import { SCOPES, type Scope } from './scopes.ts'

/** The sender of a request. */
export interface Caller {
  /** The key's id; `nobody` if no key is required. */
  readonly id: string
  readonly scopes: readonly Scope[]
  readonly maps: MapNames
  readonly limits: Limits
}

/** Finds callers by their keys and counts their requests. */
export class Callers {
  private readonly given: readonly Buffer[]
  private readonly store: KeyStore | undefined
  private readonly limits: Limits
  private readonly buckets = new Map<string, Bucket>()

  /** `given`: digests of keys from the environment; they allow everything. */
  constructor(given: readonly Buffer[], store: KeyStore | undefined, limits: Limits) {
    this.given = given
    this.store = store
    this.limits = limits
  }

  /** Whether no key is required, because there has never been one. */
  isOpen(): boolean {
    return this.given.length === 0 && !(this.store?.wasUsed() ?? false)
  }

  /** Whoever asks without a key: all is allowed where none is needed, and nothing where one is. */
  nobody(): Caller {
    return { id: 'nobody', scopes: this.isOpen() ? SCOPES : [], maps: null, limits: this.limits }
  }

  /** The caller whose key this is, at `now` (milliseconds since 1970). All keys are compared, each in constant time. */
  find(key: string, now: number = Date.now()): Caller | null {
    const digest = digestOf(key)
    let found: Caller | null = null
    this.given.forEach((known, i) => {
      if (timingSafeEqual(known, digest))
        found = { id: `given-${i + 1}`, scopes: SCOPES, maps: null, limits: this.limits }
    })
    for (const { digest: known, id, scopes, maps, limits, expires } of this.store?.live() ?? []) {
      const isRight = timingSafeEqual(known, digest)
      const isLive = expires === null || Date.parse(expires) > now
      if (isRight && isLive) found = { id, scopes, maps, limits: { ...this.limits, ...limits } }
    }
    return found
  }

  /** 0 if the caller may send another request; otherwise the seconds to wait. */
  wait({ id, limits: { rate } }: Caller, now: number = performance.now()): number {
    if (rate === null) return 0
    const bucket = this.buckets.get(id) ?? new Bucket(rate, now)
    this.buckets.set(id, bucket)
    return bucket.take(now)
  }
}

/** Whether a caller has `scope`. */
export function allows(caller: Caller, scope: Scope): boolean {
  return caller.scopes.includes(scope) || caller.scopes.includes('admin')
}
