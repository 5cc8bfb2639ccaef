import { Server, ServerError } from './server.ts'
import { type Entry, Spool, spoolFolder } from './spool.ts'
import type { Tracker } from './tracker.ts'

export interface MlflowOptions {
  /** The server: `MLFLOW_TRACKING_URI` by default. */
  readonly uri?: string
  /** Where runs wait to be sent: `SOM_SPOOL`, or `.som/spool` in the home folder. */
  readonly spool?: string
}

/** Milliseconds until the next try after so many failures in a row. */
const BACK_OFF = [500, 1000, 2000, 5000, 10_000]

/**
 * Tells an MLflow tracking server. Every part is on disk before it is sent, and sending goes on beside the training: a server that is down costs no time and loses nothing. What is
 * left at the end stays in the spool, for `push`.
 */
export function mlflow(options: MlflowOptions = {}): Tracker {
  const uri = options.uri ?? process.env.MLFLOW_TRACKING_URI ?? ''
  const server = new Server(uri)
  let spool: Spool | undefined
  let sending: Promise<void> = Promise.resolve()
  let failures = 0
  let notBefore = 0
  let problem = ''

  const send = async (isLast: boolean): Promise<void> => {
    if (spool === undefined || (!isLast && Date.now() < notBefore)) return
    try {
      await server.send(spool)
      failures = 0
      problem = ''
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error)
      notBefore = Date.now() + BACK_OFF[Math.min(failures++, BACK_OFF.length - 1)]
    }
  }
  const tell = async (entry: Entry): Promise<void> => {
    try {
      await spool?.append(entry)
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error)
      return
    }
    sending = sending.then(() => send(false))
  }
  return {
    async start(run) {
      try {
        spool = await Spool.create(options.spool ?? spoolFolder())
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error)
        return
      }
      await tell({ kind: 'start', uri, time: Date.now(), run })
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
      await send(true)
      return problem === '' ? [] : [`${problem}; the run is kept, and sent by: som track push`]
    },
  }
}

/** What became of the runs in the spool. */
export interface Pushed {
  readonly sent: number
  /** Runs that wait on, and why. */
  readonly left: readonly { readonly folder: string; readonly reason: string }[]
}

/** Sends every run that waits, the oldest first, to the server that it was meant for, or to `uri`. Sending twice what was sent changes nothing. */
export async function push({ uri, spool = spoolFolder() }: MlflowOptions = {}): Promise<Pushed> {
  let sent = 0
  const left: { folder: string; reason: string }[] = []
  for (const each of await Spool.waiting(spool)) {
    try {
      const [first] = await each.entries()
      const meant = uri ?? (first?.kind === 'start' ? first.uri : '')
      await new Server(meant === '' ? (process.env.MLFLOW_TRACKING_URI ?? '') : meant).send(each)
      sent++
    } catch (error) {
      if (!(error instanceof ServerError)) throw error
      left.push({ folder: each.folder, reason: error.message })
    }
  }
  return { sent, left }
}
