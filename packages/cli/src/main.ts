#!/usr/bin/env node
import { runMain } from '@som/server/program'
import { endByExit } from './end-by-exit.ts'
import { run } from './run.ts'

endByExit()
await runMain(run)
