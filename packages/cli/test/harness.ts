import { spawn } from 'node:child_process'
import { vi } from 'vitest'
import { compiledSom } from '../../../tools/test/compiled.ts'
import { run } from '../src/run.ts'

/** What a command left: its exit code and what it wrote. */
export interface Left {
  readonly code: number | string
  readonly out: string
  readonly err: string
}

/** Runs the command in this process: quick, and all of it but the process itself. */
export async function som(...args: string[]): Promise<Left> {
  const written = { out: '', err: '' }
  const catching = (to: 'out' | 'err') => (text: string | Uint8Array) => {
    written[to] += String(text)
    return true
  }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(catching('out'))
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(catching('err'))
  try {
    return { code: await run(args), ...written }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

const main = await compiledSom()

/** A real process of the command, of its sources. */
export function start(args: readonly string[], input = ''): { interrupt(): void; kill(): void; ended: Promise<Left> } {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  const written = { out: '', err: '' }
  child.stdout.on('data', (text) => {
    written.out += text
  })
  child.stderr.on('data', (text) => {
    written.err += text
  })
  child.stdin.end(input)
  const ended = new Promise<Left>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code: code ?? signal ?? -1, ...written }))
  })
  return { interrupt: () => void child.kill('SIGINT'), kill: () => void child.kill('SIGKILL'), ended }
}
