// Starts a server as a user does, and stops it as a terminal or an orchestrator does.
import { spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { freePort } from '../../lib/free-port.mjs'

/**
 * Starts a program that serves at `SOM_PORT`; gives what `ask` gets from it, its exit code and what it said, and stops
 * it with all that it started.
 */
export async function served({ command, words, cwd, env }, ask) {
  const port = await freePort()
  const child = spawn(command, words, {
    cwd,
    env: { ...process.env, ...env, SOM_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
  const ended = new Promise((resolve) => child.once('close', resolve))
  const address = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 240 && child.exitCode === null; tries += 1) {
    const ready = await fetch(`${address}/health/ready`).catch(() => null)
    if (ready?.ok) {
      const answer = await ask(address)
      process.kill(-child.pid, 'SIGTERM')
      return { answer, code: await ended, said }
    }
    await setTimeout(250)
  }
  if (child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
  await ended
  throw new Error(`the server did not become ready:\n${said}`)
}
