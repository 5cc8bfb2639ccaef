import { readdirSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'

let counter = 0

/** A new temporary file next to `path`: hidden, and named after the process that writes it and its machine. */
export const temporaryFor = (path: string): string =>
  join(dirname(path), `${beginning(path)}${process.pid}-${counter++}.tmp`)

/** Removes the temporary files of `path` that processes of this machine left when they were killed. */
export function removeAbandoned(path: string): void {
  const begins = beginning(path)
  for (const name of readdirSync(dirname(path))) {
    const [, pid] = (name.startsWith(begins) && /^(\d+)-\d+\.tmp$/.exec(name.slice(begins.length))) || []
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(dirname(path), name), { force: true })
  }
}

const beginning = (path: string): string => `.${basename(path)}.${hostname()}-`

function isRunning(pid: number): boolean {
  try {
    // Signal 0 only asks whether there is such a process.
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
