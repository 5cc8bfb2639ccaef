// Loaded before the help of a server is shown: imports no more than this room.
import { BACKENDS, type BackendName, MOST_THREADS } from './backend-names.ts'

interface Described {
  /** What it is, for people: a phrase without a full stop. */
  readonly is: string
  /** The default in words, where it is not a value. */
  readonly usual?: string
}

/** An integer from `least` to `most`; `takes` names its unit. */
export interface IntegerSetting extends Described {
  readonly kind: 'integer'
  readonly takes: 'n' | 'bytes'
  readonly least: number
  readonly most: number
  readonly default?: number
}

/** Text; `takes` says what it is in the help. */
export interface TextSetting extends Described {
  readonly kind: 'text'
  readonly takes: string
  readonly default?: string
  /** A variable of other programs that is read as well. */
  readonly also?: string
}

/** One of some names. */
export interface ChoiceSetting<T extends string = string> extends Described {
  readonly kind: 'choice'
  readonly takes: string
  readonly of: readonly T[]
  readonly default: T
}

/** Several texts: the flag is given once for each, the variable has commas between them. */
export interface ListSetting extends Described {
  readonly kind: 'list'
  readonly takes: string
}

/** On or off; off by default. */
export interface SwitchSetting extends Described {
  readonly kind: 'switch'
}

export type Setting = IntegerSetting | TextSetting | ChoiceSetting | ListSetting | SwitchSetting

/** A default that is the same on every machine. */
type Fixed<T extends Setting> = T & { readonly default: number | string }

interface SettingTable {
  readonly model: TextSetting
  readonly data: TextSetting
  readonly registry: TextSetting
  readonly store: TextSetting
  readonly host: Fixed<TextSetting>
  readonly port: Fixed<IntegerSetting>
  readonly maxBody: Fixed<IntegerSetting>
  readonly maxUpload: Fixed<IntegerSetting>
  readonly bodySeconds: Fixed<IntegerSetting>
  readonly maxQueue: Fixed<IntegerSetting>
  readonly rate: Fixed<IntegerSetting>
  readonly maxRows: Fixed<IntegerSetting>
  readonly maxFeatures: Fixed<IntegerSetting>
  readonly maxUnits: Fixed<IntegerSetting>
  readonly maxEpochs: Fixed<IntegerSetting>
  readonly maxJobs: Fixed<IntegerSetting>
  readonly jobs: Fixed<IntegerSetting>
  readonly queue: Fixed<IntegerSetting>
  readonly checkpointEvery: Fixed<IntegerSetting>
  readonly jobThreads: IntegerSetting
  readonly allowRoot: ListSetting
  readonly allowUrl: ListSetting
  readonly allowPrivateUrls: SwitchSetting
  readonly track: TextSetting
  readonly register: SwitchSetting
  readonly traces: TextSetting
  readonly open: SwitchSetting
  readonly log: SwitchSetting
  readonly backend: ChoiceSetting<BackendName>
  readonly threads: IntegerSetting
}

export type SettingName = keyof SettingTable

type ValueOf<T extends Setting> = T extends IntegerSetting
  ? number
  : T extends SwitchSetting
    ? boolean
    : T extends ListSetting
      ? readonly string[]
      : T extends ChoiceSetting<infer U>
        ? U
        : string

/** Settings as the caller gives them; the others have their defaults. */
export type GivenSettings = { readonly [K in SettingName]?: ValueOf<SettingTable[K]> | undefined }

/** A value for every setting: undefined only where neither the caller nor the table has one. */
export type SettingValues = {
  readonly [K in SettingName]:
    | ValueOf<SettingTable[K]>
    | (SettingTable[K] extends { readonly default: unknown } | ListSetting | SwitchSetting ? never : undefined)
}

/**
 * Every setting of a server: its kind, its range, its default and what it is. The flags of `som serve`, the variables
 * of the environment, the file of settings, their checks and the table of the docs are made of it.
 */
export const SETTINGS: SettingTable = {
  model: { kind: 'text', takes: 'map', is: 'a map file from som train' },
  data: { kind: 'text', takes: 'folder', is: 'folder for named maps with their versions, keys and jobs' },
  registry: { kind: 'text', takes: 'url', is: 'a registry that instances share: postgres://… beside --store' },
  store: { kind: 'text', takes: 'url', is: 'its model files: s3://bucket/prefix?endpoint=…' },
  host: {
    ...{ kind: 'text', takes: 'address', default: '127.0.0.1' },
    is: 'where to listen; beyond the loopback keys are needed',
  },
  port: { kind: 'integer', takes: 'n', least: 0, most: 65_535, default: 8080, is: 'the port; 0 takes a free one' },
  maxBody: {
    ...{ kind: 'integer', takes: 'bytes', least: 1024, most: 2 ** 30, default: 16 * 2 ** 20 },
    is: 'bytes of a request',
  },
  maxUpload: {
    ...{ kind: 'integer', takes: 'bytes', least: 1024, most: 2 ** 40, default: 2 ** 30 },
    is: 'bytes of a model or a table',
  },
  bodySeconds: {
    ...{ kind: 'integer', takes: 'n', least: 1, most: 3600, default: 30 },
    is: 'seconds in which a request must have come',
  },
  maxQueue: {
    ...{ kind: 'integer', takes: 'n', least: 1, most: 1_000_000, default: 1000 },
    is: 'requests that wait for their answer at once; further ones get 503',
  },
  rate: {
    ...{ kind: 'integer', takes: 'n', least: 0, most: 1_000_000, default: 0 },
    is: 'requests a second of each caller; 0: any number',
  },
  maxRows: {
    ...{ kind: 'integer', takes: 'n', least: 1, most: 1_000_000_000, default: 100_000 },
    is: 'rows of a request or a table',
  },
  maxFeatures: {
    ...{ kind: 'integer', takes: 'n', least: 1, most: 1_000_000, default: 10_000 },
    is: 'features of a map to train',
  },
  maxUnits: {
    ...{ kind: 'integer', takes: 'n', least: 1, most: 2 ** 27, default: 250_000 },
    is: 'units of a map to train',
  },
  maxEpochs: {
    ...{ kind: 'integer', takes: 'n', least: 1, most: 1_000_000, default: 10_000 },
    is: 'epochs of a training job',
  },
  maxJobs: {
    ...{ kind: 'integer', takes: 'n', least: 1, most: 10_000, default: 10 },
    is: 'jobs of each caller that wait or run',
  },
  jobs: {
    ...{ kind: 'integer', takes: 'n', least: 0, most: 1000, default: 1 },
    is: 'training jobs that run at once; 0: none',
  },
  queue: {
    ...{ kind: 'integer', takes: 'n', least: 1, most: 1_000_000, default: 100 },
    is: 'training jobs that may wait',
  },
  checkpointEvery: {
    ...{ kind: 'integer', takes: 'n', least: 1, most: 1_000_000, default: 5 },
    is: 'epochs after which a job is kept, unless it says otherwise',
  },
  jobThreads: {
    ...{ kind: 'integer', takes: 'n', least: 1, most: MOST_THREADS, usual: 'all cores but one' },
    is: 'threads of a training job',
  },
  allowRoot: { kind: 'list', takes: 'folder', is: 'jobs may name files in it' },
  allowUrl: { kind: 'list', takes: 'prefix', is: 'jobs may name addresses under it' },
  allowPrivateUrls: { kind: 'switch', is: 'addresses of this machine and its network as well' },
  track: {
    ...{ kind: 'text', takes: 'where' },
    is: 'record training jobs: jsonl:FILE, mlflow or mlflow:EXPERIMENT (the server: MLFLOW_TRACKING_URI), or several with commas',
  },
  register: {
    kind: 'switch',
    is: 'with --track mlflow: each map is a version of the registered model of its name',
  },
  traces: {
    ...{ kind: 'text', takes: 'url', also: 'OTEL_EXPORTER_OTLP_ENDPOINT' },
    is: 'send traces to this collector, by OTLP over HTTP',
  },
  open: { kind: 'switch', is: 'serve everybody, without keys; keys are given in SOM_API_KEYS or made by som keys' },
  log: { kind: 'switch', is: 'a line of JSON for each request' },
  backend: {
    ...{ kind: 'choice', takes: 'name', of: BACKENDS, default: 'auto' },
    is: 'where the arithmetic runs',
  },
  threads: {
    ...{ kind: 'integer', takes: 'n', least: 1, most: MOST_THREADS, usual: 'all cores' },
    is: 'threads of the native backend',
  },
}

/** In the order of the help. */
export const SETTING_NAMES: readonly SettingName[] = Object.keys(SETTINGS) as SettingName[]
