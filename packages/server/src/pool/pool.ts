import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Piscina } from 'piscina'
import { Refused } from '../problem.ts'
import { Line, LineFull } from './line.ts'
import type { Answered, Given, Taken, TaskName } from './tasks.ts'

/** What one task may take. */
export interface TaskLimits {
  readonly seconds: number
  /** MiB of heap. */
  readonly mebibytes: number
}

/** Of a task, beyond what it is given. */
export interface TaskOptions {
  /** Buffers that go to the thread instead of a copy. */
  readonly transfer?: ArrayBuffer[]
  /** Aborts once its caller has left. */
  readonly left?: AbortSignal
}

const LIMITS: TaskLimits = { seconds: 20, mebibytes: 512 }
/** Tasks that wait, and the milliseconds that each may. */
const MOST_WAITING = 64
const MOST_WAITING_MS = 20_000
/** One core is left to the event loop and to the backend. */
const THREADS = Math.min(4, Math.max(1, availableParallelism() - 1))
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
  private readonly line = new Line({ atOnce: THREADS, mostWaiting: MOST_WAITING, mostMs: MOST_WAITING_MS })
  private readonly onFault: () => void
  private readonly limits: TaskLimits

  /** `onFault` is called when a task ends for a reason that is not the caller's: a fault of ours. */
  constructor(onFault: () => void = () => undefined, limits: Partial<TaskLimits> = {}) {
    this.onFault = onFault
    this.limits = { ...LIMITS, ...limits }
  }

  /**
   * Does a task in a thread, unless the caller has left before its turn. Buffers in `transfer` are gone from here
   * afterwards. Throws a `Refused` for what the task refuses.
   */
  async run<N extends TaskName>(task: N, given: Given<N>, { transfer, left }: TaskOptions = {}): Promise<Taken<N>> {
    const answered = await this.line
      .inTurn(() => this.inThread({ task, given }, transfer), left)
      .catch((error) => {
        throw error instanceof LineFull ? tooMany() : error
      })
    if ('refused' in answered) throw new Refused(answered.refused.status, answered.refused.issues)
    // What a task takes and gives is reported by its name.
    return answered.taken as Taken<N>
  }

  private async inThread(task: object, transferList: ArrayBuffer[] = []): Promise<Answered> {
    this.threads ??= this.open()
    const signal = AbortSignal.timeout(this.limits.seconds * 1000)
    try {
      return await this.threads.run(task, { signal, transferList })
    } catch (error) {
      throw this.failureOf(error, signal)
    }
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

const tooMany = (): Refused =>
  new Refused(503, [{ path: '', message: 'too many large requests at once; try again' }], RETRY_SECONDS)

function options({ mebibytes }: TaskLimits): ConstructorParameters<typeof Piscina>[0] {
  const worker = new URL(`./worker${import.meta.url.slice(-3)}`, import.meta.url)
  return {
    filename: worker.href,
    minThreads: 0,
    maxThreads: THREADS,
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
