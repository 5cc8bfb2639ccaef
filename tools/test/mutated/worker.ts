// Reads mutated files of one kind, one after another, in a process whose heap is bounded. Which one it reads stands in
// a file that the parent looks at, so that it notices one that takes too long or ends the process.
import { mkdtempSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { random } from '../../../packages/core/src/random.ts'
import { ProblemError } from '../../../packages/io/src/problem.ts'
import { Refused } from '../../../packages/server/src/problem.ts'
import { kindsIn } from './kinds.ts'
import { mutated } from './mutate.ts'

export interface Work {
  readonly kind: string
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly folder: string
  /** A file of three numbers: the file that is read, how many were begun, and how many were refused. */
  readonly progress: string
}

/** Bytes that a file may take beside what is in proportion to it: libraries read in blocks. */
const BESIDE = 2 ** 23
const TIMES = 8

const issuesOf = (error: unknown): readonly { readonly message: string }[] | null => {
  if (typeof error === 'string') return [{ message: error }]
  if (error instanceof ProblemError) return error.problem.issues
  if (error instanceof Refused) return error.issues
  if (Array.isArray(error)) return error
  if (typeof error === 'object' && error !== null && !(error instanceof Error) && 'issues' in error)
    return error.issues as { message: string }[]
  return null
}

/** What is wrong with a refusal: not a sentence for a user. */
function fault(error: unknown): string | null {
  const issues = issuesOf(error)
  if (issues === null) return `threw ${error instanceof Error ? error.stack : String(error)}`
  if (issues.length === 0) return 'refused without an issue'
  const odd = issues.find(
    ({ message }) => message === '' || message.length > 2000 || /\n\s+at |fault of som/.test(message),
  )
  return odd === undefined ? null : `said ${JSON.stringify(odd.message.slice(0, 500))}`
}

const held = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const { kind, seed, from, to, folder, progress } = JSON.parse(process.argv[2]) as Work
const state = new Int32Array(3)
const kept = openSync(progress, 'r+')
const tell = (i: number, found: string): void => void process.send?.({ i, found })
const { whole, read, beside = BESIDE } = (await kindsIn(mkdtempSync(join(folder, 'read-'))))[kind]
for (const bytes of whole) await read(Buffer.from(bytes))

for (let i = from; i < to; i++) {
  const draw = random(seed, kind, i)
  const bytes = mutated(whole[i % whole.length], draw)
  state[0] = i
  state[1]++
  writeSync(kept, state, 0, state.byteLength, 0)
  const before = held()
  try {
    await read(bytes)
  } catch (error) {
    state[2]++
    const found = fault(error)
    if (found !== null) tell(i, found)
  }
  const taken = held() - before
  if (taken > TIMES * bytes.length + beside)
    tell(i, `took ${(taken / 2 ** 20).toFixed(0)} MiB for ${bytes.length} bytes`)
}
writeSync(kept, state, 0, state.byteLength, 0)
process.disconnect()
