import { appendFile } from 'node:fs/promises'
import type { Tracker } from './tracker.ts'

/** Appends a line of JSON to `file` at the start, for each epoch, and at the end. Contents of artefacts are not kept, their names and sizes are. */
export function jsonl(file: string): Tracker {
  const problems: string[] = []
  const run = `${Date.now().toString(36)}-${process.pid}`
  const write = async (line: object): Promise<void> => {
    const text = `${JSON.stringify({ run, time: new Date().toISOString(), ...line }, finite)}\n`
    await appendFile(file, text).catch((error: Error) => void problems.push(`${file}: ${error.message}`))
  }
  return {
    start: (start) => write({ event: 'start', ...start }),
    log: (metrics, step) => write({ event: 'log', step, metrics }),
    artefact: (name, contents) => write({ event: 'artefact', name, bytes: contents.length }),
    register: (folder, name) => write({ event: 'register', folder, name }),
    async end(status) {
      await write({ event: 'end', status })
      return [...new Set(problems)]
    },
  }
}

/** JSON has no NaN and no infinity: they are text. */
const finite = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
