import type { FastifyInstance } from 'fastify'
import type { Job } from '../jobs/job.ts'
import type { Scorer } from '../scoring/scorer.ts'

/** The map that a request uses. */
export interface Asked {
  readonly map: string
  readonly version?: number
}

/** Reports to a trace collector what is done and how long it takes. */
export interface Traces {
  /** Traces each request of a server except probes that carry no trace. */
  follow(app: FastifyInstance): void
  /** The same scorer, with its work traced as part of the current request. */
  scorer(scorer: Scorer, asked: Asked): Scorer
  /** The current request, as `traceparent` names it. */
  parent(): string | undefined
  /** Starts tracing a job's process; the returned function ends it. */
  job(job: Job): (ended: Job | null) => void
}
