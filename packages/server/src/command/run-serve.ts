import type { Task } from '@som/core/backend'
import { readModel } from '@som/io'
import type { Data } from '../data/data.ts'
import type { WorkerStart } from '../jobs/runner.ts'
import { Refused } from '../problem.ts'
import { EXIT } from '../program/exit.ts'
import type { ServeFlags } from '../program/serve-options.ts'
import { createServer, type Parts } from '../server.ts'
import { BACKENDS, type BackendName } from '../settings/backend-names.ts'
import type { GivenSettings } from '../settings/setting-table.ts'
import { openIssues, type Settings, settingsOf } from '../settings/settings.ts'
import { toldSettings } from '../settings/settings-told.ts'
import { backendOf, type Runner, runnerOf } from './backend.ts'
import { complain, issuesIn, operands } from './issues.ts'
import { openFolder } from './open-folder.ts'
import { orRefuse, Refusal, refuseAny, untilRefused } from './refusal.ts'
import { untilEnded } from './until-ended.ts'

/** A task that every backend can run: shows which backend is used if there is no map. */
const USUAL: Task = {
  lattice: { rows: 2, columns: 2, cell: 'hexagonal', shape: 'sheet' },
  ...{ metric: 'euclidean', kernel: 'gaussian' },
}

type ServeParsed = Parameters<typeof operands>[0] & { getOptionValueSource(name: string): string | undefined }

/** Runs a server until a signal ends it; returns the exit code. */
export async function runServe(command: ServeParsed, flags: ServeFlags): Promise<number> {
  const words = operands(command, [], '')
  const { config = '', color: _, ...entries } = flags
  // The environment comes between flags and the file, whose issues are among those of the words.
  const from = (isOfFile: boolean): GivenSettings =>
    Object.fromEntries(
      Object.entries(entries).filter(([name]) => (command.getOptionValueSource(name) === 'config') === isOfFile),
    )
  const found = settingsOf(from(false), process.env, { path: config, values: from(true), issues: [] })
  if (words.isErr || found.isErr) {
    complain(issuesIn(words, found))
    return EXIT.usage
  }
  const settings = found.value
  return untilRefused(async () => {
    const som = settings.model === undefined ? undefined : orRefuse(await readModel(settings.model))
    const backend = await backendOf(settings.backend, settings.threads)
    const runner = orRefuse(runnerOf(backend, som ?? USUAL))
    const data = settings.data === undefined ? undefined : await openFolder(settings.data, settings.shared)
    try {
      refuseAny(openIssues(settings, data?.keys.wasUsed() ?? false))
      const parts = { backend, workers: workersOf(settings.backend), ...(som && { som }), ...(data && { data }) }
      return await serve(parts, settings, runner)
    } finally {
      data?.close()
    }
  })
}

async function serve(parts: Parts, settings: Settings, runner: Runner): Promise<number> {
  const app = await createServer(parts, settings).catch((error) => {
    throw error instanceof Refused ? new Refusal(error.issues) : error
  })
  try {
    const address = await app.listen({ host: settings.host, port: settings.port })
    // A program that reads this line may end the server at once.
    const ended = untilEnded()
    process.stdout.write(
      `${startLine(settings, address, runner, parts.data)}\nsettings: ${JSON.stringify(toldSettings(settings))}\n`,
    )
    await ended
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    complain([{ path: '', message: `cannot listen on ${settings.host}:${settings.port}: ${error.message}` }])
    return EXIT.failed
  } finally {
    await app.close()
  }
  return EXIT.done
}

function startLine(settings: Settings, address: string, { name, passedOver }: Runner, data: Data | undefined): string {
  const what = [settings.model, settings.data].filter((path) => path !== undefined).join(' and ')
  const count = settings.keys.length + (data?.keys.live().length ?? 0)
  const why = passedOver.map((other) => `, not ${other.name}: ${other.reason}`).join('')
  return `serving ${what} at ${address} (${count > 0 ? `${count} keys` : 'no keys'}, ${name} backend${why})`
}

/** Training jobs that name no backend run on the server's. */
function workersOf(backend: BackendName): WorkerStart {
  // The extension of this file: sources start sources.
  const entry = new URL(`./job-worker${import.meta.url.slice(-3)}`, import.meta.url)
  return { entry, backends: [backend, ...BACKENDS.filter((name) => name !== backend)] }
}
