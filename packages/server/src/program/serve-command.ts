import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { serveOptions } from './serve-options.ts'

/** The description of a server command in the help. */
export const SERVE = {
  usage: '[--model <map>] [--data <folder>] [options]',
  description: 'Serve maps over HTTP: MLflow scoring, Open Inference Protocol, a registry, pictures, metrics.',
  examples: ['--model map.som', '--data maps'],
} as const

/** Adds a server's flags to a command: `som serve`, or `som-server`. The server is loaded when the command runs. */
export function serveCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = serveOptions(base)
  command.action(async () => {
    const { runServe } = await import('../command/run-serve.ts')
    finish(await runServe(command, command.opts()))
  })
  return command
}
