// Does in a folder what the Dockerfile does in an image: its steps, then its entry point, for want of an engine.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../lib/process.mjs'

/**
 * What the Dockerfile says: the commands of its first stage, and the program of its last, for an image whose /app is
 * `folder`.
 */
export function imageOf(folder) {
  const lines = readFileSync(join(root, 'deploy', 'Dockerfile'), 'utf8').split('\n')
  const entry = JSON.parse(lines.findLast((line) => line.startsWith('ENTRYPOINT ')).slice('ENTRYPOINT '.length))
  return {
    steps: lines.filter((line) => line.startsWith('RUN ')).map((line) => line.slice('RUN '.length)),
    entry: entry.slice(1).map((word) => word.replace(/^\/app\//, `${folder}/`)),
  }
}
