#!/usr/bin/env node
import { runMain, runProgram, serveCommand, versionIn } from './index.ts'

const manifest = new URL('../../package.json', import.meta.url)
await runMain((args) => runProgram(args, (finish) => serveCommand('som-server', finish).version(versionIn(manifest))))
