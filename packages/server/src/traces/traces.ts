import type { FastifyInstance } from 'fastify'
import type { Job } from '../jobs/job.ts'
import type { Scorer } from '../scoring/scorer.ts'

/** Which map a request is about. */
export interface Asked {
  readonly map: string
  readonly version?: number
}

/** Tells a collector of traces what is done, and how long it takes. */
export interface Traces {
  /** Follows each request of a server but for probes, which bring no trace of their own. */
  follow(app: FastifyInstance): void
  /** The same scorer; what it does is told within the request that is being answered. */
  scorer(scorer: Scorer, asked: Asked): Scorer
  /** The request that is being answered, as `traceparent` names it. */
  parent(): string | undefined
  /** Begins to tell of a job's process; what it gives ends that. */
  job(job: Job): (ended: Job | null) => void
}
