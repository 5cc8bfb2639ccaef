import type * as v from 'valibot'
import type { MapNames } from '../keys/map-names.ts'
import type { Params } from '../openapi/example.ts'
import type { Scorer } from './scorer.ts'

/** A scorer that stays open until it is released. */
export interface Lease {
  readonly scorer: Scorer
  release(): void
}

/** Where one map, or each map of a registry, is served. */
export interface Serving<P> {
  /** The prefix of paths: `/v1`, `/v1/maps/:name/versions/:version`. */
  readonly base: string
  readonly params?: v.GenericSchema<unknown, P>
  /** Throws a `Refused` if there is no such map. */
  lease(params: P): Promise<Lease>
  /** The parameters of a map of these names that is there, for examples; null where none is. */
  example(within: MapNames): Promise<(P & Params) | null>
}

/** Lends `work` a scorer until it finishes. */
export async function withScorer<P, T>(
  serving: Serving<P>,
  params: P,
  work: (scorer: Scorer) => T | Promise<T>,
): Promise<T> {
  const lease = await serving.lease(params)
  try {
    return await work(lease.scorer)
  } finally {
    lease.release()
  }
}
