import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Piscina } from 'piscina'
import { Refused } from '../problem.ts'
import type { Answered, Given, Taken, TaskName } from './tasks.ts'

/** What one task may take. */
export interface TaskLimits {
  readonly seconds: number
  /** MiB of heap. */
  readonly mebibytes: number
}

const LIMITS: TaskLimits = { seconds: 20, mebibytes: 512 }
/** Tasks that wait. */
const MOST_WAITING = 64
/** Seconds after which a caller may try again. */
const RETRY_SECONDS = 2
/** Milliseconds after which a thread that has nothing to do ends. */
const IDLE_MS = 60_000

/**
 * Threads for work that a request can make long: reading what a caller sent, drawing. Each has a heap of its own, so
 * that a task that needs too much of it, or too long, fails its own request alone. Threads start with the first task.
 */
export class Pool {
  private threads: Piscina | undefined
  private readonly onFault: () => void
  private readonly limits: TaskLimits

  /** `onFault` is called when a task ends for a reason that is not the caller's: a fault of ours. */
  constructor(onFault: () => void = () => undefined, limits: Partial<TaskLimits> = {}) {
    this.onFault = onFault
    this.limits = { ...LIMITS, ...limits }
  }

  /**
   * Does a task in a thread. Buffers in `transfer` are gone from here afterwards. Throws a `Refused` for what the task
   * refuses.
   */
  async run<N extends TaskName>(task: N, given: Given<N>, transfer: ArrayBuffer[] = []): Promise<Taken<N>> {
    this.threads ??= this.open()
    const signal = AbortSignal.timeout(this.limits.seconds * 1000)
    let answered: Answered
    try {
      answered = await this.threads.run({ task, given }, { signal, transferList: transfer })
    } catch (error) {
      throw this.failureOf(error, signal)
    }
    if ('refused' in answered) throw new Refused(answered.refused.status, answered.refused.issues)
    // What a task takes and gives is reported by its name.
    return answered.taken as Taken<N>
  }

  async close(): Promise<void> {
    await this.threads?.destroy()
  }

  private open(): Piscina {
    const threads = new Piscina(options(this.limits))
    // A thread that is being ended may still fail, with no task left to tell it to.
    threads.on('error', () => undefined)
    return threads
  }

  private failureOf(error: unknown, signal: AbortSignal): unknown {
    const message = error instanceof Error ? error.message : String(error)
    if (/queue is at limit/i.test(message))
      return new Refused(503, [{ path: '', message: 'too many large requests at once; try again' }], RETRY_SECONDS)
    if (signal.aborted)
      return new Refused(413, [{ path: '', message: `expected what can be done in ${this.limits.seconds} seconds` }])
    if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
      return new Refused(413, [
        { path: '', message: `expected what can be done in ${this.limits.mebibytes} MiB of memory` },
      ])
    this.onFault()
    return error
  }
}

function options({ mebibytes }: TaskLimits): ConstructorParameters<typeof Piscina>[0] {
  const worker = new URL(`./worker${import.meta.url.slice(-3)}`, import.meta.url)
  return {
    filename: worker.href,
    minThreads: 0,
    // One core is left to the event loop and to the backend.
    maxThreads: Math.min(4, Math.max(1, availableParallelism() - 1)),
    maxQueue: MOST_WAITING,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: mebibytes },
    ...(fileURLToPath(worker).endsWith('.ts') && { execArgv: asSources() }),
  }
}

/** How Node runs TypeScript sources, as in a checkout. */
function asSources(): string[] {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  return ['--conditions=@som/source', '--import', tsx]
}
