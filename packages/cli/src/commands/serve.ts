import { Command, type CommandUnknownOpts, Option } from '@commander-js/extra-typings'
import { BACKEND_HELP } from './shared.ts'

/** The flags of `som serve` as they were written. */
export interface ServeFlags {
  readonly model?: string
  readonly host?: string
  readonly port?: string
  readonly maxBody?: string
  readonly maxRows?: string
  readonly open?: true
  readonly log?: true
  readonly backend?: string
  readonly threads?: string
}

/** `som serve`. What it does is loaded when it runs. */
export function serveCommand(finish: (code: number) => void): CommandUnknownOpts {
  const command = new Command('serve')
    .description('Serve a map over HTTP: MLflow scoring, Open Inference Protocol, pictures, metrics.')
    .usage('--model <map> [options]')
    .allowUnknownOption()
    .allowExcessArguments()
    .option('--model <map>', 'a map file that som train wrote (SOM_MODEL)')
    .option('--host <address>', 'where to listen; beyond the loopback keys are needed (SOM_HOST, default: 127.0.0.1)')
    .option('--port <n>', 'the port; 0 takes a free one (SOM_PORT, default: 8080)')
    .option('--max-body <bytes>', 'bytes of a request (SOM_MAX_BODY, default: 16 MiB)')
    .option('--max-rows <n>', 'rows of a request (SOM_MAX_ROWS, default: 100000)')
    .option('--open', 'serve everybody, without keys (SOM_API_KEYS)')
    .option('--log', 'a line of JSON for each request')
    .addOption(new Option('--backend <name>', BACKEND_HELP).env('SOM_BACKEND'))
    .option('--threads <n>', 'threads of the native backend (default: all cores)')
  command.action(async (flags, self) => {
    const { runServe } = await import('../serve/run-serve.ts')
    finish(await runServe(self, flags))
  })
  return command
}
