import { type ChildProcess, spawn } from 'node:child_process'
import { compiledSom } from '../../../tools/compiled.ts'

/** A real process of `som serve`, of its sources, on a free port. */
export interface ServeProcess {
  readonly child: ChildProcess
  readonly address: string
  /** What it has said to its log. */
  said(): string
}

/** Starts one on the js backend, with flags of `som serve`, of node, and variables of the environment. */
export async function serveProcess(
  words: readonly string[],
  { nodeWords = [], environment = {} }: { nodeWords?: readonly string[]; environment?: NodeJS.ProcessEnv } = {},
): Promise<ServeProcess> {
  const run = [...nodeWords, await compiledSom()]
  const child = spawn(process.execPath, [...run, 'serve', '--port', '0', '--backend', 'js', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text) => resolve(/at (http:\S+)/.exec(String(text))?.[1] ?? ''))
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)))
  })
  return { child, address, said: () => said }
}
