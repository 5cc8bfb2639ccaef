import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Issue } from '@som/core'
import { decodeModel, writeAside } from '@som/io'
import { endRun } from '@som/tracking'
import type { Data } from '../data/data.ts'
import { isFull, NO_ROOM } from '../data/kept-files.ts'
import { depositOf } from '../registry/deposit-of.ts'
import { versionOf } from '../registry/which-map.ts'
import type { Traces } from '../traces/traces.ts'
import type { Job, JobState } from './job.ts'
import type { JobRecord, JobTracking } from './job-record.ts'
import type { JobQueue, News } from './queue.ts'
import type { FromWorker, Task, ToWorker } from './task.ts'

/** How worker processes are started. */
export interface WorkerStart {
  readonly entry: URL
  /** Node's flags; by default those of this process. */
  readonly execArgv?: readonly string[]
  /** Backends that jobs may name; the first is the default. */
  readonly backends: readonly [string, ...string[]]
}

export interface RunnerSettings {
  /** How many jobs run at once. */
  readonly atOnce: number
  /** Epochs between checkpoints, unless a job sets its own. */
  readonly checkpointEvery: number
  /** Threads of each job's backend. */
  readonly threads: number
  /** Where jobs are recorded. */
  readonly track?: JobTracking
  readonly traces?: Pick<Traces, 'job'>
}

/** Milliseconds that a worker has to save its run before it is killed. */
const GRACE_MS = 10_000

/** Events within this many milliseconds are reported together. */
const TOGETHER_MS = 100

/** Milliseconds until a full disk is tried again. */
const ROOM_MS = 1000

interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<void>
  wish?: 'cancel' | 'rest'
  /** Events that are not reported yet. */
  readonly news: News[]
}

/** Runs the jobs of a queue, each in its own process. */
export class JobRunner {
  private readonly data: Data
  private readonly queue: JobQueue
  private readonly start: WorkerStart
  private readonly settings: RunnerSettings
  private readonly running = new Map<string, Running>()
  /** Records that are being closed. */
  private readonly ending = new Set<Promise<void>>()
  private isClosing = false

  constructor(data: Data, queue: JobQueue, start: WorkerStart, settings: RunnerSettings) {
    this.data = data
    this.queue = queue
    this.start = start
    this.settings = settings
  }

  get backends(): readonly string[] {
    return this.start.backends
  }

  /** Requeues the jobs that were running when the server ended, and starts work. */
  recover(): void {
    for (const job of this.queue.recover()) this.leave(job, 'failed')
    this.pump()
  }

  /** Starts jobs while any wait and a slot is free. */
  pump(): void {
    while (!this.isClosing && this.running.size < this.settings.atOnce) {
      const job = this.taken()
      if (job === null) return
      this.run(job)
    }
  }

  private taken(): Job | null {
    try {
      return this.queue.take()
    } catch (error) {
      if (!isFull(error)) throw error
      // It waits for disk space, as it waited for its turn.
      setTimeout(() => this.pump(), ROOM_MS).unref()
      return null
    }
  }

  /** Cancels a job: at once if it waits, otherwise at the next possible step. */
  cancel(job: Job): void {
    const running = this.running.get(job.id)
    if (running) this.ask(running, 'cancel')
    else this.finish(job, 'cancelled')
  }

  /** Lets workers save their runs, to be resumed when the server starts again. */
  async close(): Promise<void> {
    this.isClosing = true
    for (const running of this.running.values()) if (!running.wish) this.ask(running, 'rest')
    await Promise.all([...this.running.values()].map(({ ended }) => ended))
    await Promise.all(this.ending)
  }

  private ask(running: Running, wish: 'cancel' | 'rest'): void {
    running.wish = wish
    const { child } = running
    const stop: ToWorker = { kind: 'stop' }
    if (child.connected) child.send(stop, () => undefined)
    const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
    child.once('exit', () => clearTimeout(timer))
  }

  private run(job: Job): void {
    const folder = this.folderOf(job)
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
    } catch (error) {
      void this.fail(job, 'the job could not start', error)
      return
    }
    const endTrace = this.settings.traces?.job(job)
    const { entry, execArgv } = this.start
    const child = fork(entry, [], {
      ...(execArgv && { execArgv: [...execArgv] }),
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    })
    const lastWords = forwardErrors(child)
    // Scoring requests take priority over training.
    if (child.pid !== undefined) yieldTo(child.pid)
    let settled = (): void => undefined
    const ended = new Promise<void>((resolve) => {
      settled = resolve
    })
    const running: Running = { child, ended, news: [] }
    this.running.set(job.id, running)
    let last: FromWorker | undefined
    let hasBegun = false
    child.on('message', (told: FromWorker) => {
      hasBegun = true
      if (isEnding(told)) last = told
      else this.note(job, running, told)
    })
    let isOver = false
    const over = async (how: string): Promise<void> => {
      if (isOver) return
      isOver = true
      this.tellNews(job, running)
      await this.settle(job, running, last, how).catch((error: Error) =>
        this.fail(job, 'the result could not be saved', error),
      )
      endTrace?.(this.queue.find(job.id))
      this.running.delete(job.id)
      settled()
      this.pump()
    }
    child.once('error', (error) => void over(error.message))
    // Its last messages may arrive after its exit: the channel is empty once it is closed.
    const exit = new Promise<string>((resolve) =>
      child.once('close', (code, signal) => {
        // A worker that exits before its first message cannot start at all: another attempt would end the same way.
        if (signal === null && !hasBegun && !running.wish)
          last ??= { kind: 'failed', issues: [cannotStart(code, lastWords())] }
        resolve(signal ?? `code ${code}`)
      }),
    )
    const silence = new Promise((resolve) => child.once('disconnect', resolve))
    void Promise.all([exit, silence]).then(([how]) => over(how))
    this.taskOf(job).then(
      (task) => child.connected && child.send({ kind: 'start', task } satisfies ToWorker, () => undefined),
      (error: unknown) => {
        const issue = isFull(error)
          ? NO_ROOM
          : { path: 'from', message: 'the map that training starts from no longer exists' }
        last = { kind: 'failed', issues: [issue] }
        child.kill('SIGKILL')
      },
    )
  }

  /** Events that arrive together are written together: each write keeps requests waiting. */
  private note(job: Job, running: Running, told: Exclude<FromWorker, Ending>): void {
    const { news } = running
    news.push(newsOf(told))
    if (news.length === 1) setTimeout(() => this.tellNews(job, running), TOGETHER_MS).unref()
  }

  private tellNews(job: Job, { news }: Running): void {
    try {
      this.queue.tellAll(job.id, news.splice(0))
    } catch (error) {
      // On a full disk the events are dropped and the job continues.
      if (!isFull(error)) throw error
    }
  }

  private async settle(job: Job, { wish }: Running, last: FromWorker | undefined, how: string): Promise<void> {
    if (last?.kind === 'done') return this.land(job)
    if (wish === 'cancel') return this.finish(job, 'cancelled')
    if (last?.kind === 'failed') return this.finish(job, 'failed', { issues: last.issues })
    if (wish === 'rest') return this.queue.rest(job.id)
    if (!this.queue.putBack(job.id, `its process ended with ${how}`)) this.leave(job, 'failed')
  }

  /** Adds the map to the registry. A crash before the job is marked as done does not add it twice. */
  private async land(job: Job): Promise<void> {
    const { request } = job
    const bytes = await readFile(join(this.folderOf(job), OUTPUT))
    const som = decodeModel(bytes).unwrapOrElse(({ issues }) => {
      throw new Error(issues.map(({ message }) => message).join('; '))
    })
    const deposit = depositOf(request.map, som, { tags: request.tags })
    const lineage = {
      ...deposit.lineage,
      table: request.table.digest,
      job: job.id,
      ...(request.from && { parent: request.from }),
    }
    const { version } = await this.data.registry.put({ ...deposit, lineage, once: job.id }, [bytes])
    if (request.alias !== undefined) await this.data.registry.setAlias(request.map, request.alias, version)
    this.finish(job, 'done', { version })
  }

  private finish(
    job: Job,
    ...[state, details]: [Parameters<JobQueue['end']>[1], Parameters<JobQueue['end']>[2]?]
  ): void {
    try {
      this.queue.end(job.id, state, details)
    } catch (error) {
      // Removing the job's files makes room for recording its end.
      if (!isFull(error)) throw error
      rmSync(this.folderOf(job), { recursive: true, force: true })
      this.queue.end(job.id, state, details)
    }
    this.leave(job, state)
  }

  /**
   * Ends a job after a system failure, once the disk has room for that. A job whose end could not be recorded is
   * restarted with the server.
   */
  private async fail(job: Job, what: string, error: unknown): Promise<void> {
    const issue = isFull(error) ? NO_ROOM : { path: '', message: what }
    process.stderr.write(`job ${job.id}: ${error instanceof Error ? error.stack : error}\n`)
    for (;;) {
      try {
        return this.finish(job, 'failed', { issues: [issue] })
      } catch (worse) {
        if (!isFull(worse)) throw worse
        if (this.isClosing) return
        await delay(ROOM_MS, undefined, { ref: false })
      }
    }
  }

  /** Removes the files of a finished job and keeps its entry. Closes its record if its process could not. */
  private leave(job: Job, state: JobState): void {
    rmSync(this.folderOf(job), { recursive: true, force: true })
    const { track } = this.settings
    if (track === undefined || state === 'done') return
    const ending = endRun(track.tracking, { run: job.id, spool: track.spool }, state === 'failed' ? 'failed' : 'killed')
      .then((problems) => void problems.map((problem) => process.stderr.write(`not recorded: ${problem}\n`)))
      .finally(() => this.ending.delete(ending))
    this.ending.add(ending)
  }

  private recordOf({ id, request, owner }: Job): JobRecord | undefined {
    const { track } = this.settings
    if (track === undefined) return undefined
    const { map, tags, table, from } = request
    return {
      ...{ ...track, run: id, map, table: table.shown, begun: join(this.data.folder, 'jobs', id, 'recorded') },
      tags: {
        ...tags,
        ...{ 'som.map': map, 'som.job': id, 'som.owner': owner, 'som.table': table.digest },
        ...(from && { 'som.parent': `${from.name}/${from.version}` }),
      },
    }
  }

  private async taskOf(job: Job): Promise<Task> {
    const { request } = job
    const folder = this.folderOf(job)
    const { table, from, choice = {}, targets = [], options = {} } = request
    const record = this.recordOf(job)
    return {
      table: this.data.tables.path(table.digest, table.extension),
      shown: table.shown,
      choice,
      targets,
      options,
      ...(from && { from: await this.copyOf(from, join(folder, 'from.som')) }),
      checkpoint: join(folder, 'checkpoint.som'),
      checkpointEvery: request.checkpointEvery ?? this.settings.checkpointEvery,
      output: join(folder, OUTPUT),
      backend: request.backend ?? this.start.backends[0],
      threads: this.settings.threads,
      limits: request.limits,
      ...(record && { record }),
    }
  }

  private async copyOf(from: { readonly name: string; readonly version: number }, path: string): Promise<string> {
    const version = await versionOf(this.data.registry, from.name, from)
    const hash = createHash('sha256')
    await writeAside(path, async (put) => {
      for await (const part of this.data.registry.read(version)) {
        hash.update(part)
        await put(part)
      }
    })
    if (hash.digest('hex') !== version.digest) throw new Error('the file has changed since it was stored')
    return path
  }

  /** The id comes from the queue. */
  private folderOf({ id }: Job): string {
    return join(this.data.folder, 'jobs', id)
  }
}

/** Characters of a worker's last line that a job's issue shows. */
const MOST_SHOWN = 300

/** Forwards a worker's stderr; returns a function that gives its last meaningful line. */
function forwardErrors({ stderr }: ChildProcess): () => string {
  let tail = ''
  stderr?.setEncoding('utf8').on('data', (text: string) => {
    process.stderr.write(text)
    tail = (tail + text).slice(-4096)
  })
  // Node ends a stack trace with an empty line and its version; neither says what went wrong.
  const says = (line: string): boolean => !/^\s*($|at |Node\.js v|[{}^]+$|code: )/.test(line)
  return () => (tail.split('\n').findLast(says) ?? '').trim().slice(0, MOST_SHOWN)
}

const cannotStart = (code: number | null, lastWords: string): Issue => ({
  path: '',
  message: `the training process could not start (exit code ${code})${lastWords && `: ${lastWords}`}`,
})

type Ending = Extract<FromWorker, { readonly kind: 'failed' | 'done' | 'stopped' }>

const isEnding = (told: FromWorker): told is Ending =>
  told.kind === 'done' || told.kind === 'failed' || told.kind === 'stopped'

function newsOf(told: Exclude<FromWorker, Ending>): News {
  if (told.kind === 'epoch') return { kind: 'epoch', data: { ...told.record, epochs: told.epochs } }
  if (told.kind === 'note') return { kind: 'note', data: { message: told.message } }
  return { kind: told.kind, data: { epoch: told.epoch } }
}

/** Lowers a process's priority, if that is allowed. */
function yieldTo(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It may have exited already; its exit event handles that.
  }
}

const OUTPUT = 'output.som'
