import * as v from 'valibot'

/** The limits of one caller. */
export interface Limits {
  /** Requests per second, with bursts of one second's worth; null: unlimited. */
  readonly rate: number | null
  /** Rows of a request, or of a training table. */
  readonly rows: number
  /** Features of a map to train. */
  readonly features: number
  /** Units of a map to train. */
  readonly units: number
  /** Epochs of a training job, all phases together. */
  readonly epochs: number
  /** Training jobs that are queued or running. */
  readonly jobs: number
  /** Bytes kept in the maps of the key, all versions of them, and in tables that it sent; null: unlimited. */
  readonly bytes: number | null
  /** Maps kept in the names of the key; null: unlimited. */
  readonly maps: number | null
}

export const LIMITS = ['rate', 'rows', 'features', 'units', 'epochs', 'jobs', 'bytes', 'maps'] as const

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

/** A key's own limits, if any. */
export const ownLimitsSchema: v.GenericSchema<Partial<Limits>, Partial<Limits>> = v.partial(
  v.strictObject({
    rate: v.nullable(v.pipe(v.number(), v.minValue(0.001), v.maxValue(1e6))),
    rows: count,
    features: count,
    units: count,
    epochs: count,
    jobs: count,
    bytes: v.nullable(count),
    maps: v.nullable(count),
  }),
)

/** Counts a caller's requests: `rate` per second, in bursts of the same number. */
export class Bucket {
  private tokens: number
  private at: number
  private readonly rate: number

  constructor(rate: number, now: number) {
    this.rate = rate
    this.tokens = Math.max(1, rate)
    this.at = now
  }

  /** 0 if another request is allowed at `now` (milliseconds); otherwise the seconds to wait. */
  take(now: number): number {
    this.tokens = Math.min(Math.max(1, this.rate), this.tokens + (Math.max(0, now - this.at) / 1000) * this.rate)
    this.at = now
    if (this.tokens < 1) return (1 - this.tokens) / this.rate
    this.tokens--
    return 0
  }
}
