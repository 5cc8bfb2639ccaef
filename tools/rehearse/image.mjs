// Does in a folder what the Dockerfile does in an image: its steps, then its entry point, for want of an engine.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freePort } from '../free-port.mjs'
import { root } from '../process.mjs'

/** What the Dockerfile says: the commands of its first stage, and the program of its last, for an image whose /app is `folder`. */
export function imageOf(folder) {
  const lines = readFileSync(join(root, 'deploy', 'Dockerfile'), 'utf8').split('\n')
  const entry = JSON.parse(lines.findLast((line) => line.startsWith('ENTRYPOINT ')).slice('ENTRYPOINT '.length))
  return {
    steps: lines.filter((line) => line.startsWith('RUN ')).map((line) => line.slice('RUN '.length)),
    entry: entry.slice(1).map((word) => word.replace(/^\/app\//, `${folder}/`)),
  }
}

/** Starts the entry point with a map; gives what `ask` gets from it, and stops it as an orchestrator does. */
export async function served({ entry, map, key }, ask) {
  const port = await freePort()
  const env = { ...process.env, SOM_MODEL: map, SOM_PORT: String(port), SOM_API_KEYS: key }
  const child = spawn(process.execPath, entry, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const address = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 120 && child.exitCode === null; tries += 1) {
    const ready = await fetch(`${address}/health/ready`).catch(() => null)
    if (ready?.ok) {
      const answer = await ask(address)
      child.kill('SIGTERM')
      return { answer, code: await ended }
    }
    await setTimeout(250)
  }
  child.kill()
  await ended
  throw new Error(`the server did not become ready:\n${said}`)
}
