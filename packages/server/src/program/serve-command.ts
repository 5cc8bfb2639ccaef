import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { serveOptions } from './serve-options.ts'

/** What the help says of the command of a server. */
export const SERVE = {
  usage: '[--model <map>] [--data <folder>] [options]',
  description: 'Serve maps over HTTP: MLflow scoring, Open Inference Protocol, a registry, pictures, metrics.',
  examples: ['--model map.som', '--data maps'],
} as const

/** Gives a command the flags of a server: `som serve`, and `som-server` by itself. What it does is loaded when it runs. */
export function serveCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = serveOptions(base)
  command.action(async () => {
    const { runServe } = await import('../command/run-serve.ts')
    finish(await runServe(command, command.opts()))
  })
  return command
}
