import type { Backend, Som } from '@som/core'
import { readModel } from '@som/io'
import {
  createServer,
  type Data,
  openIssues,
  Refused,
  readSettings,
  type Settings,
  settingsOf,
  toldSettings,
  type WorkerStart,
} from '@som/server'
import { BACKENDS, type BackendName, backendOf, MOST_THREADS, runnerOf } from '../backend.ts'
import type { ServeFlags } from '../commands/serve.ts'
import { EXIT } from '../exit.ts'
import { Flags } from '../flags.ts'
import { areIssues, complain, operands } from '../issues.ts'
import { orRefuse, Refusal, refuseAny, untilRefused } from '../refusal.ts'
import { openFolder } from './open-folder.ts'

/** Runs `som serve` until a signal ends it; gives the exit code. */
export async function runServe(command: Parameters<typeof operands>[0], flags: ServeFlags): Promise<number> {
  const words = operands(command, [], 'som serve --model map.som')
  const read = new Flags()
  const backendName = read.choice('--backend', flags.backend, BACKENDS) ?? 'auto'
  const threads = read.integer('--threads', flags.threads, 1, MOST_THREADS)
  const config = flags.config ?? process.env.SOM_CONFIG
  const settings = settingsOf(flags, process.env, config === undefined ? undefined : readSettings(config))
  if (areIssues(words) || !('host' in settings) || read.issues.length > 0) {
    complain([...(areIssues(words) ? words : []), ...('host' in settings ? [] : settings), ...read.issues])
    return EXIT.usage
  }
  return untilRefused(async () => {
    const som = settings.model === undefined ? undefined : orRefuse(await readModel(settings.model))
    const backend = await backendOf(backendName, threads)
    const runner = som ? orRefuse(runnerOf(backend, som)).name : backendName
    const data = settings.data === undefined ? undefined : await openFolder(settings.data, settings.shared)
    try {
      refuseAny(openIssues(settings, data?.keys.wasUsed() ?? false))
      return await serve({ som, backend, data, workers: workersOf(backendName) }, settings, runner)
    } finally {
      data?.close()
    }
  })
}

async function serve(
  parts: { som: Som | undefined; backend: Backend; data: Data | undefined; workers: WorkerStart },
  settings: Settings,
  runner: string,
): Promise<number> {
  const app = await createServer(parts, settings).catch((error) => {
    throw error instanceof Refused ? new Refusal(error.issues) : error
  })
  try {
    const address = await app.listen({ host: settings.host, port: settings.port })
    const what = [settings.model, settings.data].filter((name) => name !== undefined).join(' and ')
    const keys = settings.keys.length + (parts.data?.keys.live().length ?? 0)
    process.stdout.write(
      `serving ${what} at ${address} (${runner} backend, ${keys > 0 ? `${keys} keys` : 'no keys'})\nsettings: ${JSON.stringify(toldSettings(settings))}\n`,
    )
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    complain([{ path: `${settings.host}:${settings.port}`, message: `could not be listened at: ${error.message}` }])
    return EXIT.failed
  } finally {
    await app.close()
  }
  return EXIT.done
}

/** Training jobs run on the backend of the server where they name no other. */
function workersOf(backend: BackendName): WorkerStart {
  // The extension of this very file: sources run as sources.
  const entry = new URL(`./job-worker${import.meta.url.slice(-3)}`, import.meta.url)
  return { entry, backends: [backend, ...BACKENDS.filter((name) => name !== backend)] }
}
