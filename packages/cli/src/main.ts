#!/usr/bin/env node
import { EXIT } from './exit.ts'
import { run } from './run.ts'

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  throw error
})

process.exitCode = await run(process.argv.slice(2))
