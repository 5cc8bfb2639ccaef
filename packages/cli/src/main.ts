#!/usr/bin/env node
import { EXIT } from './exit.ts'
import { run } from './run.ts'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough, such as `head`, is no failure.
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  process.stderr.write(`error: standard output: ${error.message}\n`)
  process.exit(EXIT.failed)
})
// The terminal may be closed under a run that still has a checkpoint to leave.
process.stderr.on('error', () => {})

process.exitCode = await run(process.argv.slice(2))
