import { readFileSync } from 'node:fs'
import { type Issue, suggest } from '@som/core'
import * as v from 'valibot'
import { issuesOf } from './check.ts'
import type { Written } from './settings-written.ts'

/** What a file of settings holds, and what is wrong with it. */
export interface SettingsFile {
  readonly written: Written
  readonly issues: readonly Issue[]
}

const text = v.optional(v.string('expected text'))
const number = v.optional(
  v.pipe(
    v.number('expected a number'),
    v.transform((value) => String(value)),
  ),
)
const list = v.optional(v.array(v.string('expected text'), 'expected a list'))
const flag = v.optional(v.boolean('expected true or false'))

// Keys of callers are no settings of a file: they come by the environment, or from the data folder.
const fileSchema = v.object({
  ...{
    model: text,
    data: text,
    registry: text,
    store: text,
    host: text,
    port: number,
    maxBody: number,
    maxUpload: number,
    maxRows: number,
  },
  ...{ maxFeatures: number, maxUnits: number, maxEpochs: number, maxJobs: number, rate: number, bodySeconds: number },
  ...{ jobs: number, queue: number, checkpointEvery: number, jobThreads: number, allowRoot: list, allowUrl: list },
  ...{ traces: text, track: text, register: flag, backend: text, threads: number },
  ...{ allowPrivateUrls: flag, open: flag, log: flag },
})

/** Reads settings as JSON: `{"data": "maps", "port": 8080}`, named as the flags are, in one word. Numbers are checked with those of other places. */
export function readSettings(path: string): SettingsFile {
  const wrong = (message: string): SettingsFile => ({ written: {}, issues: [{ path, message }] })
  let given: unknown
  try {
    given = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return wrong(`expected a file of settings in JSON, found: ${why.slice(0, 200)}`)
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return wrong('expected an object of settings')
  const names = Object.keys(fileSchema.entries)
  const unknown = Object.keys(given).filter((name) => !names.includes(name))
  const issues: Issue[] = unknown.map((name) => {
    const near = suggest(name, names)
    const hint = near === undefined ? `expected one of ${names.join(', ')}` : `did you mean ${near}?`
    return { path: `${path}.${name}`, message: `no such setting; ${hint}` }
  })
  const found = v.safeParse(fileSchema, given)
  if (!found.success) issues.push(...issuesOf(found.issues, path))
  return { written: found.success ? found.output : {}, issues }
}
