import { js } from '@som/core'
import { runJobWorker } from './job-worker.ts'

// The default worker of a server: only the reference backend.
runJobWorker(async () => js())
