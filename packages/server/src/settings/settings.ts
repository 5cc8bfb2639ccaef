import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { Issue } from '@som/core'
import { spoolIn, trackingOf } from '@som/tracking'
import Result from 'true-myth/result'
import type { JobTracking } from '../jobs/job-record.ts'
import { digestOf } from '../keys/key-store.ts'
import type { Limits } from '../keys/limits.ts'
import { type SharedAddress, sharedAddressOf } from '../shared/shared-address.ts'
import { tracesOf } from '../traces/traces-of.ts'
import type { BackendName } from './backend-names.ts'
import { mergeSettings, type SettingsFile } from './merge-settings.ts'
import type { GivenSettings, SettingValues } from './setting-table.ts'

/** The settings of a server. */
export interface Settings {
  /** The model file of a single map to serve. */
  readonly model: string | undefined
  /** The folder of the registry, the keys and the jobs. */
  readonly data: string | undefined
  /** The shared registry, if it is not in the folder. */
  readonly shared: SharedAddress | undefined
  readonly host: string
  readonly port: number
  /** SHA-256 of each key from the environment; these keys allow everything. */
  readonly keys: readonly Buffer[]
  /** Whether serving without keys was explicitly allowed. */
  readonly isOpen: boolean
  /** The most bytes of a buffered request. */
  readonly mostBytes: number
  /** The most bytes of an uploaded or fetched model or table. */
  readonly mostUpload: number
  /** Seconds within which a buffered request must arrive. */
  readonly bodySeconds: number
  /** Requests that may wait for their answer at once. */
  readonly mostWaiting: number
  /** The limits of callers without their own. */
  readonly limits: Limits
  readonly jobs: JobSettings
  /** Where the arithmetic runs: the server command turns it into `Parts.backend`. */
  readonly backend: BackendName
  /** Threads of the native backend; all cores by default. */
  readonly threads: number | undefined
  readonly log: boolean
  /** Where traces are sent; empty if OpenTelemetry's own environment variables say so; undefined for no traces. */
  readonly traces: string | undefined
}

/** What training jobs may do. */
export interface JobSettings {
  /** Jobs that run at once; 0 turns training off. */
  readonly atOnce: number
  /** Jobs that may wait. */
  readonly queued: number
  /** Epochs between checkpoints, unless a job sets its own. */
  readonly checkpointEvery: number
  /** Threads of each job's backend: usually one core is left for requests. */
  readonly threads: number
  /** Folders whose files jobs may read. */
  readonly roots: readonly string[]
  /** Allowed prefixes of a table's address. */
  readonly prefixes: readonly string[]
  /** Whether fetching from this machine and its network was explicitly allowed. */
  readonly allowPrivate: boolean
  /** Where jobs are recorded, if they are. */
  readonly track?: JobTracking
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/

/**
 * Checks settings: those given take precedence over the environment, and that over a settings file. Reports every issue
 * at once, under the flag, the variable or the entry of the file that it is about.
 */
export function settingsOf(
  given: GivenSettings,
  environment: NodeJS.ProcessEnv,
  file?: SettingsFile,
): Result<Settings, readonly Issue[]> {
  const { values, places, issues: wrong } = mergeSettings(given, environment, file)
  const { model, data, open: isOpen, host, port, backend, threads, log, bodySeconds } = values
  const issues: Issue[] = []
  if (!places.has('--model') && !places.has('--data')) {
    const message =
      'expected a map file, found none; give one here or in SOM_MODEL, or a folder of maps with --data or SOM_DATA'
    issues.push({ path: '--model', message })
  }
  const shared = sharedAddressOf(values, environment)
  if (shared.isErr) issues.push(...shared.error)
  else if (shared.value && !data)
    issues.push({ path: '--registry', message: 'needs --data, a folder for keys, jobs and tables' })
  const track = trackOf(values, environment)
  if (track.isErr) issues.push(...track.error)
  const traces = tracesOf(values.traces, environment)
  if (traces.isErr) issues.push(...traces.error)
  issues.push(...rootIssues(values.allowRoot), ...prefixIssues(values.allowUrl))
  const texts = (environment.SOM_API_KEYS ?? '').split(',').filter((key) => key.trim() !== '')
  texts.forEach((key, i) => {
    if (key.trim().length < LEAST_KEY)
      issues.push({ path: 'SOM_API_KEYS', message: `key ${i + 1}: expected at least ${LEAST_KEY} characters` })
  })
  const keys = texts.map((key) => digestOf(key.trim()))
  // If there is a data folder, its keys are not known yet.
  if (!data) issues.push(...openIssues({ host, keys, isOpen, data }, false))
  const all = [...wrong, ...issues.map(({ path, message }) => ({ path: places.get(path) ?? path, message }))]
  if (all.length > 0) return Result.err(all)
  return Result.ok({
    ...{ model, data, host, port, keys, isOpen, bodySeconds, backend, threads, log },
    shared: shared.unwrapOr(undefined),
    mostBytes: values.maxBody,
    mostUpload: values.maxUpload,
    mostWaiting: values.maxQueue,
    limits: {
      rate: values.rate || null,
      rows: values.maxRows,
      features: values.maxFeatures,
      units: values.maxUnits,
      epochs: values.maxEpochs,
      jobs: values.maxJobs,
      // Of a key alone.
      bytes: null,
      maps: null,
    },
    jobs: {
      atOnce: values.jobs,
      queued: values.queue,
      checkpointEvery: values.checkpointEvery,
      threads: values.jobThreads ?? Math.max(1, availableParallelism() - 1),
      roots: values.allowRoot,
      prefixes: values.allowUrl,
      allowPrivate: values.allowPrivateUrls,
      ...(track.isOk && track.value && { track: track.value }),
    },
    traces: traces.unwrapOr(undefined),
  })
}

const LEAST_KEY = 16

/** Where jobs are recorded, or every issue with it. */
function trackOf(
  { track: text, register, data }: SettingValues,
  environment: NodeJS.ProcessEnv,
): Result<JobTracking | undefined, readonly Issue[]> {
  const issues: Issue[] = []
  const tracking = text === undefined ? undefined : trackingOf(text, environment)
  if (tracking?.isErr) issues.push({ path: '--track', message: tracking.error })
  if (text !== undefined && data === undefined)
    issues.push({
      path: '--track',
      message: 'needs --data: only training jobs are recorded, and they need a folder',
    })
  if (register && !(tracking?.isOk && tracking.value.mlflow))
    issues.push({ path: '--register', message: 'needs --track mlflow: the registry belongs to the MLflow server' })
  if (issues.length > 0) return Result.err(issues)
  if (!tracking?.isOk || data === undefined) return Result.ok(undefined)
  return Result.ok({ tracking: tracking.value, register, spool: spoolIn(data) })
}

function rootIssues(roots: readonly string[]): Issue[] {
  const wrong = roots.filter((root) => !statSync(root, { throwIfNoEntry: false })?.isDirectory())
  return wrong.map((root) => ({ path: '--allow-root', message: `expected a folder, found ${JSON.stringify(root)}` }))
}

function prefixIssues(prefixes: readonly string[]): Issue[] {
  const wrong = prefixes.filter((prefix) => {
    const url = URL.canParse(prefix) ? new URL(prefix) : null
    return (
      !url ||
      !/^https?:$/.test(url.protocol) ||
      !url.pathname.endsWith('/') ||
      url.username + url.search + url.hash !== ''
    )
  })
  const wanted = 'expected an http or https address that ends in /, for example https://data.example.org/sets/'
  return wrong.map((prefix) => ({ path: '--allow-url', message: `${wanted}, found ${JSON.stringify(prefix)}` }))
}

/** A server reachable from other machines needs keys, unless that is explicitly waived. */
export function openIssues(
  { host, keys, isOpen, data }: Pick<Settings, 'host' | 'keys' | 'isOpen' | 'data'>,
  hasKeys: boolean,
): Issue[] {
  if (isLoopback(host) || keys.length > 0 || hasKeys || isOpen) return []
  const make = data ? 'create one with som keys make, or set some' : 'expected keys'
  const message = `${host} is reachable from other machines: ${make} in SOM_API_KEYS, found none; or add --open to serve everyone`
  return [{ path: '--host', message }]
}

export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host)
}
