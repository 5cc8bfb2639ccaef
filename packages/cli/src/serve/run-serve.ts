import { readModel } from '@som/io'
import { createServer, settingsOf } from '@som/server'
import { BACKENDS, backendOf, MOST_THREADS, runnerOf } from '../backend.ts'
import type { ServeFlags } from '../commands/serve.ts'
import { EXIT } from '../exit.ts'
import { Flags } from '../flags.ts'
import { areIssues, complain, operands } from '../issues.ts'
import { orRefuse, untilRefused } from '../refusal.ts'

/** Runs `som serve` until a signal ends it; gives the exit code. */
export async function runServe(command: Parameters<typeof operands>[0], flags: ServeFlags): Promise<number> {
  const words = operands(command, [], 'som serve --model map.som')
  const read = new Flags()
  const backendName = read.choice('--backend', flags.backend, BACKENDS) ?? 'auto'
  const threads = read.integer('--threads', flags.threads, 1, MOST_THREADS)
  const settings = settingsOf(flags, process.env)
  if (areIssues(words) || !('model' in settings) || read.issues.length > 0) {
    complain([...(areIssues(words) ? words : []), ...('model' in settings ? [] : settings), ...read.issues])
    return EXIT.usage
  }
  return untilRefused(async () => {
    const som = orRefuse(await readModel(settings.model))
    const backend = await backendOf(backendName, threads)
    const runner = orRefuse(runnerOf(backend, som))
    const app = await createServer(som, backend, settings)
    try {
      const address = await app.listen({ host: settings.host, port: settings.port })
      const keys = settings.keys.length > 0 ? `${settings.keys.length} keys` : 'no keys'
      process.stdout.write(`serving ${settings.model} at ${address} (${runner.name} backend, ${keys})\n`)
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
  })
}
