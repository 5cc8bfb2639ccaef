import { js } from '@som/core'
import { runJobWorker } from './job-worker.ts'

// The worker of a server that was given no other: the reference backend alone.
runJobWorker(async () => js())
