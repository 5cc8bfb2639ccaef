import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compiledPackages } from '../../../tools/test/compiled.ts'
import type { WorkerStart } from '../src/jobs/runner.ts'

/** Workers of the sources. */
export const sourceWorkers: WorkerStart = {
  entry: pathToFileURL(join(await compiledPackages(), 'server', 'dist', 'jobs', 'js-worker.js')),
  execArgv: [],
  backends: ['js'],
}
