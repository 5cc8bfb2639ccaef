import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Issue } from '@som/core'
import { writeAside } from '@som/io'
import type { WatchState } from '@som/recipes'
import { orRefuse } from '@som/server/command'
import Result from 'true-myth/result'
import type { Counts } from './counts.ts'
import type { ReaderState } from './readings.ts'

/**
 * How far the rows of an input are judged and written. Everything before this is in the output once, and nothing after
 * it is.
 */
export interface Committed {
  readonly version: 1
  /** What the verdicts depend on: the digest of the map and the options. */
  readonly judge: string
  readonly input: string
  /** Bytes of the input that are judged. */
  readonly offset: number
  /** Digest of the input's first bytes, to detect another file with the same name. */
  readonly head: string
  /** Bytes of the output. */
  readonly length: number
  readonly reader: ReaderState
  readonly clock: string | number | null
  readonly counts: Counts
  readonly watcher: WatchState | null
}

/** Where the state of an output is kept. */
export function stateFileOf(output: string): string {
  return `${output}.state`
}

/** Replaces the state in one step, once the output it describes is on disk. */
export async function writeState(output: string, state: Committed): Promise<void> {
  orRefuse(await writeAside(stateFileOf(output), (put) => put(JSON.stringify(state))))
}

/** The state next to an output; null if there is none. */
export async function readState(output: string): Promise<Result<Committed | null, readonly Issue[]>> {
  const path = stateFileOf(output)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return Result.ok(null)
  try {
    const found: unknown = JSON.parse(text)
    if (isCommitted(found)) return Result.ok(found)
  } catch {}
  return Result.err([{ path, message: `is not a state file of ${output}; remove both to start again` }])
}

/** Our own file, written whole or not at all: its version and a few fields distinguish it from any other. */
function isCommitted(found: unknown): found is Committed {
  if (typeof found !== 'object' || found === null) return false
  const { version, judge, offset, length, watcher } = found as Partial<Record<keyof Committed, unknown>>
  return version === 1 && typeof judge === 'string' && isCount(offset) && isCount(length) && typeof watcher === 'object'
}

const isCount = (x: unknown): boolean => typeof x === 'number' && Number.isSafeInteger(x) && x >= 0

/** How many bytes of an input identify it. */
export const HEAD_BYTES = 4096

/** The digest of the first bytes of a file, at most `offset` of them. */
export async function headOf(path: string, offset: number): Promise<string> {
  const hash = createHash('sha256')
  const end = Math.min(HEAD_BYTES, offset)
  if (end > 0) for await (const part of createReadStream(path, { end: end - 1 })) hash.update(part)
  return hash.digest('hex')
}

/** The digest of what verdicts depend on. */
export async function judgeOf(map: string, options: object): Promise<string> {
  return createHash('sha256')
    .update(await readFile(map))
    .update(JSON.stringify(options))
    .digest('hex')
}
