import { type ChildProcess, spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** One loop a processor that runs only where nothing else wants to. */
export interface Awake {
  /** Their processes. */
  readonly pids: readonly number[]
  end(): void
}

/** Counts, and looks now and then whether the process that it was started for is still there. */
const LOOP = 'while kill -0 "$1" 2>/dev/null; do i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done; done'

/**
 * Keeps every processor from sleeping, by loops of Linux's idle class, which anything else interrupts at once. A host
 * may put a virtual machine's processors elsewhere each time they wake, two of them on one core, and a program of two
 * threads then takes up to 1.6 times as long. Rejects where `chrt` (util-linux) cannot be started.
 */
export async function keepAwake(processors: number = availableParallelism()): Promise<Awake> {
  const started = Array.from({ length: processors }, () =>
    spawn('chrt', ['--idle', '0', 'sh', '-c', LOOP, 'sh', String(process.pid)], { stdio: 'ignore' }),
  )
  const end = (): void => {
    for (const loop of started) loop.kill()
  }
  try {
    await Promise.all(started.map(spawned))
  } catch (error) {
    end()
    throw new Error(`--awake: expected chrt, of util-linux, found ${error instanceof Error ? error.message : error}`)
  }
  process.once('exit', end)
  return { pids: started.flatMap(({ pid }) => pid ?? []), end }
}

function spawned(loop: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    loop.once('spawn', resolve)
    loop.once('error', reject)
  })
}
