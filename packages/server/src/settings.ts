import { createHash } from 'node:crypto'
import type { Issue } from '@som/core'

/** What a server is started with. */
export interface Settings {
  /** The model file that is served. */
  readonly model: string
  readonly host: string
  readonly port: number
  /** SHA-256 of each key that may be used; none: no key is asked for. */
  readonly keys: readonly Buffer[]
  /** Bytes of a request. */
  readonly mostBytes: number
  /** Rows of a request. */
  readonly mostRows: number
  readonly log: boolean
}

/** Settings as they are written: in the environment, or as flags, which come first. */
export interface Written {
  readonly model?: string
  readonly host?: string
  readonly port?: string
  readonly maxBody?: string
  readonly maxRows?: string
  readonly open?: boolean
  readonly log?: boolean
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/

/** Checks what was written; every issue at once. A server beyond the loopback needs keys, unless it is told plainly that it needs none. */
export function settingsOf(written: Written, environment: NodeJS.ProcessEnv): Settings | readonly Issue[] {
  const issues: Issue[] = []
  const integer = (path: string, text: string | undefined, usual: number, least: number, most: number): number => {
    const value = text === undefined ? usual : Number(text)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    issues.push({ path, message: `expected an integer from ${least} to ${most}, found ${text}` })
    return usual
  }
  const model = written.model ?? environment.SOM_MODEL
  if (!model) issues.push({ path: '--model', message: 'expected a map file, found none; give it here or in SOM_MODEL' })
  const host = written.host ?? environment.SOM_HOST ?? '127.0.0.1'
  const port = integer('--port', written.port ?? environment.SOM_PORT, 8080, 0, 65_535)
  const mostBytes = integer('--max-body', written.maxBody ?? environment.SOM_MAX_BODY, 16 * 2 ** 20, 1024, 2 ** 30)
  const mostRows = integer('--max-rows', written.maxRows ?? environment.SOM_MAX_ROWS, 100_000, 1, 10_000_000)
  const keys = (environment.SOM_API_KEYS ?? '').split(',').filter((key) => key.trim() !== '')
  keys
    .filter((key) => key.trim().length < LEAST_KEY)
    .forEach((_, i) => {
      issues.push({ path: 'SOM_API_KEYS', message: `key ${i + 1}: expected at least ${LEAST_KEY} characters` })
    })
  if (!LOOPBACK.test(host) && keys.length === 0 && !written.open) {
    issues.push({
      path: '--host',
      message: `${host} is reached from elsewhere: expected keys in SOM_API_KEYS, found none; or say --open to serve everybody`,
    })
  }
  if (issues.length > 0 || !model) return issues
  return {
    model,
    host,
    port,
    keys: keys.map((key) => digestOf(key.trim())),
    mostBytes,
    mostRows,
    log: written.log ?? false,
  }
}

const LEAST_KEY = 16

/** What of a key is kept. */
export function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
