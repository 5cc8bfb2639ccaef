import { runJobWorker } from '../jobs/job-worker.ts'
import { BACKENDS } from '../settings/backend-names.ts'
import { backendOf } from './backend.ts'

// A server starts this for each training job.
runJobWorker((name, threads) => backendOf(BACKENDS.find((known) => known === name) ?? 'auto', threads))
