import { setTimeout } from 'node:timers/promises'
import { Remembered } from './remembered.ts'
import { Server, ServerError } from './server.ts'
import { type Entry, Spool, spoolFolder } from './spool.ts'
import type { Tracker } from './tracker.ts'

export interface MlflowOptions {
  /** The server: `MLFLOW_TRACKING_URI` by default. */
  readonly uri?: string
  /** The folder where runs wait to be sent: `SOM_SPOOL`, or `.som/spool` in the home folder. */
  readonly spool?: string
  /** The run's name in the spool, with which another process may continue it: letters, digits and dashes. */
  readonly run?: string
  /** Whether the run certainly exists: if it is no longer in the spool, it has been sent and nothing is recorded. */
  readonly wasBegun?: boolean
}

/** Milliseconds until the next attempt, by the number of consecutive failures. */
const BACK_OFF = [500, 1000, 2000, 5000, 10_000]
/** At the end of a run, milliseconds until a busy server is tried again. */
const LAST_BACK_OFF = [100, 400]

/**
 * Records to an MLflow tracking server. Everything is on disk before it is sent, and sending runs in parallel with
 * training: a server that is down costs no time and loses nothing. What is left at the end stays in the spool for
 * `push`.
 */
export function mlflow(options: MlflowOptions = {}): Tracker {
  const server = new Server(options.uri ?? process.env.MLFLOW_TRACKING_URI ?? '')
  const parent = options.spool ?? spoolFolder()
  let spool: Spool | undefined
  let sending: Promise<void> = Promise.resolve()
  let isQueued = false
  let failures = 0
  let notBefore = 0
  let problem = ''

  /** Returns whether trying again at once is pointless. */
  const send = async (): Promise<boolean> => {
    if (spool === undefined) return true
    try {
      await server.send(spool)
      failures = 0
      problem = ''
      return true
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error)
      notBefore = Date.now() + BACK_OFF[Math.min(failures++, BACK_OFF.length - 1)]
      return !(error instanceof ServerError && error.again && error.status !== undefined)
    }
  }
  const trying = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error)
      return undefined
    }
  }
  const tell = async (entry: Entry): Promise<void> => {
    await trying(async () => spool?.append(entry))
    // Entries added while a send waits for its turn are sent with it.
    if (isQueued) return
    isQueued = true
    sending = sending.then(async () => {
      isQueued = false
      if (Date.now() >= notBefore) await send()
    })
  }
  let known = new Remembered()
  let opened: Promise<unknown> | undefined
  /** Opens, once, the spool of a run that another process may have started. */
  const before = async (): Promise<Remembered> => {
    opened ??= trying(async () => {
      const { run } = options
      spool = run === undefined ? undefined : ((await Spool.find(parent, run)) ?? undefined)
      known = new Remembered()
      for (const { kind, ...entry } of (await spool?.entries()) ?? []) known.see({ event: kind, ...entry })
    })
    await opened
    return known
  }
  return {
    async start(run) {
      if (!(await before()).start() || (options.wasBegun && !spool)) return
      spool ??= await trying(() => Spool.create(parent, options.run))
      const goesOn = options.run !== undefined
      await tell({ kind: 'start', uri: server.uri, time: Date.now(), run, ...(goesOn && { goesOn }) })
    },
    async log(metrics, step) {
      const news = (await before()).news(metrics, step)
      // MLflow accepts NaN as text.
      const texts = Object.entries(news ?? {}).map(([name, value]) => [name, String(value)])
      if (news) await tell({ kind: 'log', time: Date.now(), step, metrics: Object.fromEntries(texts) })
    },
    async artefact(name, contents) {
      if ((await before()).has('artefact', name)) return
      const file = await trying(async () => spool?.keep(contents))
      if (file !== undefined) await tell({ kind: 'artefact', name, file })
    },
    async register(folder, name) {
      if (!(await before()).has('register', name)) await tell({ kind: 'register', folder, name })
    },
    async end(status) {
      if ((await before()).end()) await tell({ kind: 'end', time: Date.now(), status })
      await sending
      for (let tries = 0; !(await send()) && tries < LAST_BACK_OFF.length; tries++)
        await setTimeout(LAST_BACK_OFF[tries])
      await trying(async () => spool?.letGo())
      return problem === '' ? [] : [`${problem}; the run is kept; send it with: som track push`]
    },
  }
}

/** The outcome for the runs in the spool. */
export interface Pushed {
  readonly sent: number
  /** Runs that are still waiting, and why. */
  readonly left: readonly { readonly folder: string; readonly reason: string }[]
  /** Runs that are still in training; the training process sends them. */
  readonly going: number
}

/**
 * Sends every waiting run, oldest first, to its own server or to `uri`. Sending something twice changes nothing. A run
 * that is still in training is left alone; one whose process was killed is ended as killed, unless a training job may
 * resume it.
 */
export async function push({ uri, spool = spoolFolder() }: MlflowOptions = {}): Promise<Pushed> {
  let sent = 0
  let going = 0
  const left: { folder: string; reason: string }[] = []
  for (const each of await Spool.waiting(spool)) {
    if (await each.isGoing()) {
      going++
      continue
    }
    try {
      const first = await endedAsKilled(each)
      const meant = uri ?? first?.uri ?? ''
      await new Server(meant === '' ? (process.env.MLFLOW_TRACKING_URI ?? '') : meant).send(each)
      sent++
    } catch (error) {
      if (!(error instanceof ServerError)) throw error
      left.push({ folder: each.folder, reason: error.message })
    }
  }
  return { sent, left, going }
}

/** Ends an abandoned run at the time of its last entry; returns its start. */
async function endedAsKilled(spool: Spool): Promise<Extract<Entry, { kind: 'start' }> | undefined> {
  const entries = await spool.entries()
  const [first] = entries
  if (first?.kind !== 'start') return undefined
  if (!first.goesOn && entries.at(-1)?.kind !== 'end') {
    const time = entries.findLast((entry) => 'time' in entry)?.time ?? first.time
    await spool.append({ kind: 'end', time, status: 'killed' })
  }
  return first
}
