import { runJobWorker } from '@som/server'
import { BACKENDS, backendOf } from '../backend.ts'

// Started by `som serve` for each training job.
runJobWorker((name, threads) => backendOf(BACKENDS.find((known) => known === name) ?? 'auto', threads))
