import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { compiledPackages } from '../../../tools/test/compiled.ts'

const main = join(await compiledPackages(), 'server', 'dist', 'program', 'main.js')

/** A real process of a server, of its sources, on a free port. */
export interface ServeProcess {
  readonly child: ChildProcess
  readonly address: string
  /** The line by which it said that it serves. */
  readonly line: string
  /** What it has said of what goes wrong. */
  said(): string
  /** What it has written beside, with `--log` a line of each request. */
  written(): string
}

interface Started {
  /** The program and its first words: `som-server` where nothing is stated. */
  readonly program?: readonly string[]
  readonly nodeWords?: readonly string[]
  readonly environment?: NodeJS.ProcessEnv
}

/** Starts one on the js backend, with flags of its own and of node, and variables of the environment. */
export async function serveProcess(
  words: readonly string[],
  { program = [main], nodeWords = [], environment = {} }: Started = {},
): Promise<ServeProcess> {
  const run = [...nodeWords, ...program]
  const child = spawn(process.execPath, [...run, '--port', '0', '--backend', 'js', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  let written = ''
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text) => {
      written += text
      const [found] = /^serving .*(?=\n)/m.exec(written) ?? []
      if (found !== undefined) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)))
  })
  return { child, address: /at (http:\S+)/.exec(line)?.[1] ?? '', line, said: () => said, written: () => written }
}

/** What a server of a map of `a` and `b` predicts for one row, and what SIGTERM makes it end with then. */
export async function answerAndEnd({ child, address }: ServeProcess): Promise<{ predictions: unknown; code: unknown }> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const body = JSON.stringify({ dataframe_records: [{ a: 1, b: 2 }] })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${address}/invocations`, { method: 'POST', headers, body })
  const { predictions } = await answer.json()
  child.kill('SIGTERM')
  return { predictions, code: await ended }
}
