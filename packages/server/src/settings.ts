import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { Issue } from '@som/core'
import { spoolIn, trackingOf } from '@som/tracking'
import Result from 'true-myth/result'
import { BACKENDS, type BackendName, MOST_THREADS } from './command/backend.ts'
import type { JobTracking } from './jobs/job-record.ts'
import { digestOf } from './keys/key-store.ts'
import type { Limits } from './keys/limits.ts'
import type { SettingsFile } from './settings-file.ts'
import type { Written } from './settings-written.ts'
import { type SharedAddress, sharedAddressOf } from './shared/shared-address.ts'
import { tracesOf } from './traces/traces-of.ts'

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
 * Checks settings: flags take precedence over the environment, and that over a settings file. Reports every issue at
 * once.
 */
export function settingsOf(
  flags: Written,
  environment: NodeJS.ProcessEnv,
  file: SettingsFile = { written: {}, issues: [] },
): Result<Settings, readonly Issue[]> {
  const issues: Issue[] = [...file.issues]
  const { written: kept } = file
  const integer = <T extends number | undefined>(name: keyof Written, usual: T, least: number, most: number) => {
    const words = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    const given = flags[name] ?? environment[`SOM_${words.replaceAll('-', '_').toUpperCase()}`] ?? kept[name]
    const text = typeof given === 'string' ? given : undefined
    if (text === undefined) return usual
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    issues.push({ path: `--${words}`, message: `expected an integer from ${least} to ${most}, found ${text}` })
    return usual
  }
  const model = flags.model ?? environment.SOM_MODEL ?? kept.model
  const data = flags.data ?? environment.SOM_DATA ?? kept.data
  if (!model && !data) {
    const message =
      'expected a map file, found none; give one here or in SOM_MODEL, or a folder of maps with --data or SOM_DATA'
    issues.push({ path: '--model', message })
  }
  const shared = sharedAddressOf(flags, { SOM_REGISTRY: kept.registry, SOM_STORE: kept.store, ...environment })
  if (shared.isErr) issues.push(...shared.error)
  else if (shared.value && !data)
    issues.push({ path: '--registry', message: 'needs --data, a folder for keys, jobs and tables' })
  const track = trackOf(flags, environment, kept, data || undefined)
  if (track.isErr) issues.push(...track.error)
  const traces = tracesOf(flags.traces ?? (environment.SOM_TRACES || kept.traces), environment)
  if (traces.isErr) issues.push(...traces.error)
  const named = flags.backend ?? (environment.SOM_BACKEND || kept.backend) ?? 'auto'
  const backend = BACKENDS.find((known) => known === named)
  if (backend === undefined)
    issues.push({
      path: '--backend',
      message: `expected one of ${BACKENDS.join(', ')}, found ${JSON.stringify(named)}`,
    })
  const keys = (environment.SOM_API_KEYS ?? '').split(',').filter((key) => key.trim() !== '')
  keys.forEach((key, i) => {
    if (key.trim().length < LEAST_KEY)
      issues.push({ path: 'SOM_API_KEYS', message: `key ${i + 1}: expected at least ${LEAST_KEY} characters` })
  })
  const settings: Settings = {
    model: model || undefined,
    data: data || undefined,
    shared: shared.unwrapOr(undefined),
    host: flags.host ?? environment.SOM_HOST ?? kept.host ?? '127.0.0.1',
    port: integer('port', 8080, 0, 65_535),
    keys: keys.map((key) => digestOf(key.trim())),
    isOpen: flags.open ?? kept.open ?? false,
    mostBytes: integer('maxBody', 16 * 2 ** 20, 1024, 2 ** 30),
    mostUpload: integer('maxUpload', 2 ** 30, 1024, 2 ** 40),
    bodySeconds: integer('bodySeconds', 30, 1, 3600),
    limits: {
      rate: integer('rate', 0, 0, 1_000_000) || null,
      rows: integer('maxRows', 100_000, 1, 1_000_000_000),
      features: integer('maxFeatures', 10_000, 1, 1_000_000),
      units: integer('maxUnits', 250_000, 1, 2 ** 27),
      epochs: integer('maxEpochs', 10_000, 1, 1_000_000),
      jobs: integer('maxJobs', 10, 1, 10_000),
    },
    jobs: {
      atOnce: integer('jobs', 1, 0, 1000),
      queued: integer('queue', 100, 1, 1_000_000),
      checkpointEvery: integer('checkpointEvery', 5, 1, 1_000_000),
      threads: integer('jobThreads', Math.max(1, availableParallelism() - 1), 1, 1024),
      roots: flags.allowRoot ?? listOf(environment.SOM_ALLOW_ROOT) ?? kept.allowRoot ?? [],
      prefixes: flags.allowUrl ?? listOf(environment.SOM_ALLOW_URL) ?? kept.allowUrl ?? [],
      allowPrivate: flags.allowPrivateUrls ?? kept.allowPrivateUrls ?? false,
      ...(track.isOk && track.value && { track: track.value }),
    },
    backend: backend ?? 'auto',
    threads: integer('threads', undefined, 1, MOST_THREADS),
    log: flags.log ?? kept.log ?? false,
    traces: traces.unwrapOr(undefined),
  }
  issues.push(...rootIssues(settings.jobs.roots), ...prefixIssues(settings.jobs.prefixes))
  // If there is a data folder, its keys are not known yet.
  if (!settings.data) issues.push(...openIssues(settings, false))
  return issues.length > 0 ? Result.err(issues) : Result.ok(settings)
}

const LEAST_KEY = 16

/** Where jobs are recorded, or every issue with it. */
function trackOf(
  flags: Written,
  environment: NodeJS.ProcessEnv,
  kept: Written,
  data: string | undefined,
): Result<JobTracking | undefined, readonly Issue[]> {
  const text = flags.track ?? (environment.SOM_TRACK || kept.track)
  const register = flags.register ?? flagOf(environment.SOM_REGISTER) ?? kept.register ?? false
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

const flagOf = (text: string | undefined): boolean | undefined =>
  text === undefined ? undefined : /^(1|true|yes)$/i.test(text)

const listOf = (text: string | undefined): readonly string[] | undefined =>
  text?.split(',').filter((word) => word.trim() !== '')

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
export function openIssues({ host, keys, isOpen, data }: Settings, hasKeys: boolean): Issue[] {
  if (isLoopback(host) || keys.length > 0 || hasKeys || isOpen) return []
  const make = data ? 'create one with som keys make, or set some' : 'expected keys'
  const message = `${host} is reachable from other machines: ${make} in SOM_API_KEYS, found none; or add --open to serve everyone`
  return [{ path: '--host', message }]
}

export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host)
}
