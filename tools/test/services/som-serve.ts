import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../../packages/cli/', import.meta.url))

/** A real process of `som serve`, from the sources, on a free port. */
export interface Serving {
  readonly address: string
  /** Ends it, and gives what it ended with. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>
  /** What it has said to its log. */
  log(): string
}

export async function somServe(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Serving> {
  const run = ['--import', 'tsx', '--conditions=@som/source', join(cli, 'src', 'main.ts'), 'serve', '--port', '0']
  const child: ChildProcess = spawn(process.execPath, [...run, ...words], {
    cwd: cli,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (text) => {
    said += text
  })
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal)),
  )
  const address = await new Promise<string>((resolve, reject) => {
    let told = ''
    child.stdout?.on('data', (text) => {
      told += text
      const [, found] = /at (http:\S+)/.exec(told) ?? []
      if (found) resolve(found)
    })
    void ended.then((code) => reject(new Error(`som serve ended with ${code}\n${said}`)))
  })
  return {
    address,
    log: () => said,
    end(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}
