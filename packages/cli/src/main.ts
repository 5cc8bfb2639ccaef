#!/usr/bin/env node
import { runMain } from '@som/server/program'
import { run } from './run.ts'

await runMain(run)
