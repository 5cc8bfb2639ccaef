import { runJobWorker } from '../jobs/job-worker.ts'
import { BACKENDS, backendOf } from './backend.ts'

// A server starts this for each training job.
runJobWorker((name, threads) => backendOf(BACKENDS.find((known) => known === name) ?? 'auto', threads))
