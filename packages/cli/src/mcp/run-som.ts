import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a command left. */
export interface Left {
  /** The exit code; null if the command was ended. */
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Characters of standard output and of standard error that are kept. */
const MOST_OUT = 16 * 2 ** 20
const MOST_ERR = 16 * 2 ** 10
/** Milliseconds that a command has to end once it was interrupted. */
const GRACE_MS = 5000

/**
 * Runs `som` with these words in its own process, in a folder. An interrupted command ends as after Ctrl-C: `train`
 * leaves its checkpoint.
 */
export function runSom(words: readonly string[], folder: string, signal: AbortSignal): Promise<Left> {
  const main = fileURLToPath(new URL(`../main${import.meta.url.slice(-3)}`, import.meta.url))
  const child = spawn(process.execPath, [...process.execArgv, main, ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  const kept = { out: '', err: '' }
  const keep = (name: 'out' | 'err', most: number) => (text: string) => {
    kept[name] += text.slice(0, most - kept[name].length)
  }
  child.stdout.setEncoding('utf8').on('data', keep('out', MOST_OUT))
  child.stderr.setEncoding('utf8').on('data', keep('err', MOST_ERR))
  let timer: NodeJS.Timeout | undefined
  const interrupt = (): void => {
    child.kill('SIGINT')
    timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
  }
  if (signal.aborted) interrupt()
  signal.addEventListener('abort', interrupt, { once: true })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', interrupt)
      resolve({ code: signal.aborted ? null : code, ...kept })
    })
  })
}
