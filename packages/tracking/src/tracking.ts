import Result from 'true-myth/result'
import { jsonl } from './jsonl.ts'
import { mlflow } from './mlflow.ts'
import { all, type Tracker } from './tracker.ts'

/** Where runs are recorded: `jsonl:FILE`, `mlflow` or `mlflow:EXPERIMENT`, several separated by commas. */
export interface Tracking {
  readonly experiment: string
  readonly files: readonly string[]
  readonly mlflow: boolean
}

/** Parses a text such as `jsonl:runs.jsonl,mlflow:tides`; returns a message if it is invalid. */
export function trackingOf(text: string, environment: NodeJS.ProcessEnv = process.env): Result<Tracking, string> {
  const parts = text.split(',').map((part) => /^(jsonl|mlflow)(?::(.+))?$/.exec(part.trim()))
  if (parts.some((part) => part === null || (part[1] === 'jsonl' && !part[2]))) {
    return Result.err(`expected jsonl:FILE, mlflow or mlflow:EXPERIMENT, found ${JSON.stringify(text)}`)
  }
  const found = parts.filter((part) => part !== null)
  const servers = found.filter(([, kind]) => kind === 'mlflow')
  if (servers.length > 0 && !environment.MLFLOW_TRACKING_URI)
    return Result.err('mlflow: expected the address of the server in MLFLOW_TRACKING_URI, found none')
  return Result.ok({
    experiment: servers.map(([, , experiment]) => experiment).find(Boolean) ?? 'som',
    files: found.flatMap(([, kind, file]) => (kind === 'jsonl' ? [file] : [])),
    mlflow: servers.length > 0,
  })
}

/** A run that another process may have started to record. */
export interface Told {
  /** The run's name at its destination: letters, digits and dashes. */
  readonly run?: string
  /** Whether the run certainly exists: if it is no longer there, it was sent and is not started again. */
  readonly wasBegun?: boolean
  /** The folder where runs wait to be sent; see `MlflowOptions`. */
  readonly spool?: string
}

/** A tracker for all of these destinations. */
export function trackerOf({ files, mlflow: isServer }: Tracking, told: Told = {}): Tracker {
  return all(...files.map((file) => jsonl(file, told.run)), ...(isServer ? [mlflow(told)] : []))
}
