#!/usr/bin/env node
import { Command } from '@commander-js/extra-typings'
import { runMain, runProgram, SERVE, serveCommand, versionIn } from './index.ts'

const manifest = new URL('../../package.json', import.meta.url)
const program = new Command('som-server').description(SERVE.description).usage(SERVE.usage).version(versionIn(manifest))
await runMain((args) => runProgram(args, (finish) => serveCommand(program, finish)))
