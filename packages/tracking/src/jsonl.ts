import { createReadStream } from 'node:fs'
import { appendFile, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Remembered } from './remembered.ts'
import type { Tracker } from './tracker.ts'

/**
 * Appends a line of JSON to `file` at the start, for each epoch, and at the end. Of artefacts it records names and
 * sizes, not contents. What earlier lines of the same `run` have recorded is not repeated, so that a run may continue
 * in another process.
 */
export function jsonl(file: string, run?: string): Tracker {
  const problems: string[] = []
  let isCut = false
  const name = run ?? `${Date.now().toString(36)}-${process.pid}`
  let known: Promise<Remembered> | undefined
  const before = (): Promise<Remembered> => {
    known ??= (run === undefined ? Promise.resolve(new Remembered()) : linesOf(file, run)).catch((error: Error) => {
      problems.push(`${file}: ${error.message}`)
      return new Remembered()
    })
    return known
  }
  const write = async (line: object): Promise<void> => {
    const text = `${JSON.stringify({ run: name, time: new Date().toISOString(), ...line }, finite)}\n`
    try {
      // If a full disk cut the last line short, it is ended first.
      await appendFile(file, isCut ? `\n${text}` : text)
      isCut = false
    } catch (error) {
      isCut = true
      problems.push(`${file}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return {
    async start(start) {
      if ((await before()).start()) await write({ event: 'start', ...start })
    },
    async log(metrics, step) {
      const news = (await before()).news(metrics, step)
      if (news) await write({ event: 'log', step, metrics: news })
    },
    async artefact(artefact, contents) {
      if (!(await before()).has('artefact', artefact))
        await write({ event: 'artefact', name: artefact, bytes: contents.length })
    },
    async register(folder, model) {
      if (!(await before()).has('register', model)) await write({ event: 'register', folder, name: model })
    },
    async end(status) {
      if ((await before()).end()) await write({ event: 'end', status })
      return [...new Set(problems)]
    },
  }
}

/** What a file has recorded about a run. A line cut short by a crash is ended, so that the next one is complete. */
async function linesOf(file: string, run: string): Promise<Remembered> {
  const known = new Remembered()
  const found = await stat(file).catch(() => null)
  if (found === null || found.size === 0) return known
  let last = ''
  const source = createReadStream(file, { encoding: 'utf8' })
  source.on('data', (part) => {
    last = String(part).slice(-1)
  })
  for await (const line of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
    // Most of the file may belong to other runs.
    if (!line.startsWith(`{"run":${JSON.stringify(run)},`)) continue
    const told = parsed(line)
    if (told) known.see(told)
  }
  if (last !== '\n') await appendFile(file, '\n')
  return known
}

// biome-ignore lint/suspicious/noExplicitAny: lines written by this file, from which single fields are read
function parsed(line: string): any {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** JSON has no NaN and no infinity: they are written as text. */
const finite = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
