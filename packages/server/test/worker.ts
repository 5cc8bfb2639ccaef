import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { WorkerStart } from '../src/jobs/runner.ts'

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/** Flags of node that run the TypeScript sources. */
const SOURCE_FLAGS: readonly string[] = ['--import', tsx, '--conditions=@som/source']

/** Workers from the sources. */
export const sourceWorkers: WorkerStart = {
  entry: new URL('../src/jobs/js-worker.ts', import.meta.url),
  execArgv: SOURCE_FLAGS,
  backends: ['js'],
}
