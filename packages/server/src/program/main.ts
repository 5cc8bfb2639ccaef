#!/usr/bin/env node
import { Command } from '@commander-js/extra-typings'
import { beginHelpWith, runMain, runProgram, SERVE, serveCommand, versionIn } from './index.ts'

const manifest = new URL('../../package.json', import.meta.url)
const program = new Command('som-server').description(SERVE.description).usage(SERVE.usage).version(versionIn(manifest))
beginHelpWith(
  program,
  SERVE.examples.map((words) => `som-server ${words}`),
)
await runMain((args) => runProgram(args, (finish) => serveCommand(program, finish)))
