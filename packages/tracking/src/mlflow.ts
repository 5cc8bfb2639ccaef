import { setTimeout } from 'node:timers/promises'
import { Server, ServerError } from './server.ts'
import { type Entry, type Owner, Spool, spoolFolder, thisProcess } from './spool.ts'
import type { Tracker } from './tracker.ts'

export interface MlflowOptions {
  /** The server: `MLFLOW_TRACKING_URI` by default. */
  readonly uri?: string
  /** Where runs wait to be sent: `SOM_SPOOL`, or `.som/spool` in the home folder. */
  readonly spool?: string
}

/** Milliseconds until the next try after so many failures in a row. */
const BACK_OFF = [500, 1000, 2000, 5000, 10_000]
/** At the end, until a server that is there but busy is asked again. */
const LAST_BACK_OFF = [100, 400]
/** Milliseconds without a word after which a run of another machine counts as over. */
const LONGEST_SILENCE = 3_600_000

/**
 * Tells an MLflow tracking server. Every part is on disk before it is sent, and sending goes on beside the training: a server that is down costs no time and loses nothing. What is
 * left at the end stays in the spool, for `push`.
 */
export function mlflow(options: MlflowOptions = {}): Tracker {
  const server = new Server(options.uri ?? process.env.MLFLOW_TRACKING_URI ?? '')
  let spool: Spool | undefined
  let sending: Promise<void> = Promise.resolve()
  let isQueued = false
  let failures = 0
  let notBefore = 0
  let problem = ''

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
  const tell = async (entry: Entry): Promise<void> => {
    try {
      await spool?.append(entry)
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error)
      return
    }
    // What is told while a sending waits for its turn goes with it.
    if (isQueued) return
    isQueued = true
    sending = sending.then(async () => {
      isQueued = false
      if (Date.now() >= notBefore) await send()
    })
  }
  return {
    async start(run) {
      try {
        spool = await Spool.create(options.spool ?? spoolFolder())
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error)
        return
      }
      await tell({ kind: 'start', uri: server.uri, time: Date.now(), run, process: thisProcess() })
    },
    // MLflow takes NaN as text.
    log: (metrics, step) =>
      tell({
        kind: 'log',
        time: Date.now(),
        step,
        metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, String(value)])),
      }),
    async artefact(name, contents) {
      const file = await spool?.keep(contents)
      if (file !== undefined) await tell({ kind: 'artefact', name, file })
    },
    register: (folder, name) => tell({ kind: 'register', folder, name }),
    async end(status) {
      await tell({ kind: 'end', time: Date.now(), status })
      await sending
      for (let tries = 0; !(await send()) && tries < LAST_BACK_OFF.length; tries++)
        await setTimeout(LAST_BACK_OFF[tries])
      return problem === '' ? [] : [`${problem}; the run is kept, and sent by: som track push`]
    },
  }
}

/** What became of the runs in the spool. */
export interface Pushed {
  readonly sent: number
  /** Runs that wait on, and why. */
  readonly left: readonly { readonly folder: string; readonly reason: string }[]
  /** Runs that are still being trained, and sent by those who train them. */
  readonly going: number
}

/**
 * Sends every run that waits, the oldest first, to the server that it was meant for, or to `uri`. Sending twice what was sent changes nothing. A run whose process was killed is ended as
 * such; one that is still going is left alone.
 */
export async function push({ uri, spool = spoolFolder() }: MlflowOptions = {}): Promise<Pushed> {
  let sent = 0
  let going = 0
  const left: { folder: string; reason: string }[] = []
  for (const each of await Spool.waiting(spool)) {
    try {
      const entries = await each.entries()
      const [first] = entries
      if (isGoing(entries)) {
        going++
        continue
      }
      const last = entries.at(-1)
      if (last !== undefined && last.kind !== 'end') {
        const time = entries.findLast((entry) => 'time' in entry)?.time ?? Date.now()
        await each.append({ kind: 'end', time, status: 'killed' })
      }
      const meant = uri ?? (first?.kind === 'start' ? first.uri : '')
      await new Server(meant === '' ? (process.env.MLFLOW_TRACKING_URI ?? '') : meant).send(each)
      sent++
    } catch (error) {
      if (!(error instanceof ServerError)) throw error
      left.push({ folder: each.folder, reason: error.message })
    }
  }
  return { sent, left, going }
}

/** Whether the process whose run this is may yet tell more of it. */
function isGoing(entries: readonly Entry[]): boolean {
  const [first] = entries
  if (first?.kind !== 'start' || !first.process || entries.at(-1)?.kind === 'end') return false
  if (first.process.host === thisProcess().host) return isAlive(first.process)
  const heard = Math.max(...entries.map((entry) => ('time' in entry ? entry.time : 0)))
  return Date.now() - heard < LONGEST_SILENCE
}

function isAlive({ pid }: Owner): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // That of another user is there, and may not be told anything.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
