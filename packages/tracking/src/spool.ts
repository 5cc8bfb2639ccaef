import { randomUUID } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { homedir, hostname } from 'node:os'
import { basename, join } from 'node:path'
import type { RunStart, RunStatus } from './tracker.ts'

/** One thing that a server is to be told, in the order of a run. */
export type Entry =
  | {
      readonly kind: 'start'
      readonly uri: string
      readonly time: number
      readonly run: RunStart
      /** Whether another process may go on with the run once this one is no more. */
      readonly goesOn?: boolean
    }
  | {
      readonly kind: 'log'
      readonly time: number
      readonly step: number
      readonly metrics: Readonly<Record<string, string>>
    }
  | { readonly kind: 'artefact'; readonly name: string; readonly file: string }
  | { readonly kind: 'register'; readonly folder: string; readonly name: string }
  | { readonly kind: 'end'; readonly time: number; readonly status: RunStatus }

/** How far a run has been sent. */
export interface Sent {
  readonly entries: number
  /** What the server calls the run, and where its artefacts go. */
  readonly id?: string
  readonly artefacts?: string
  /** Whether the server was asked to make the run: what it answered may be lost. */
  readonly asked?: boolean
}

const ENTRIES = 'entries.jsonl'
const WRITER = 'writer'
/** Milliseconds without a word after which a run of another machine counts as over. */
const LONGEST_SILENCE = 3_600_000

/** Where runs wait to be sent. */
export function spoolFolder(): string {
  return process.env.SOM_SPOOL ?? join(homedir(), '.som', 'spool')
}

/** Where the runs of a server's training jobs wait, which keeps all that it has in `folder`. */
export function spoolIn(folder: string): string {
  return process.env.SOM_SPOOL ?? join(folder, 'spool')
}

/** A run's folder in the spool: `entries.jsonl`, `sent.json`, and the artefacts. What is appended is on disk before it is sent. */
export class Spool {
  readonly folder: string
  /** What there is, where this process alone appends: a run of many epochs is not read again at each. */
  private held: Entry[] | undefined

  constructor(folder: string) {
    this.folder = folder
  }

  /** By what the server knows the run again. */
  get name(): string {
    return basename(this.folder)
  }

  /** A folder for a run that begins. */
  static async create(parent: string, run: string = `${process.pid}-${Spool.count++}`): Promise<Spool> {
    const folder = join(parent, `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${run}`)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return new Spool(folder).hold()
  }
  private static count = 0

  /** The folder of a run that another process may have begun; null where there is none, or none any more. Half of a last entry, which a crash left, is cut off. */
  static async find(parent: string, run: string): Promise<Spool | null> {
    const names = await readdir(parent).catch(() => [])
    const name = names.find((each) => each.endsWith(`-${run}`))
    if (name === undefined) return null
    const spool = new Spool(join(parent, name))
    await spool.cut()
    return spool.hold()
  }

  /** Says that this process tells of the run: nobody else sends it meanwhile. */
  private async hold(): Promise<Spool> {
    this.held = [...(await this.entries())]
    await writeFile(join(this.folder, WRITER), `${process.pid} ${hostname()}`).catch(() => undefined)
    return this
  }

  /** Leaves the run to whoever sends what waits. */
  letGo(): Promise<void> {
    this.held = undefined
    return rm(join(this.folder, WRITER), { force: true })
  }

  /** Whether a process tells of the run still: of this machine's each is looked at, one of another machine that shares the spool counts until it is silent for long. */
  async isGoing(): Promise<boolean> {
    const [pid, host] = (await readFile(join(this.folder, WRITER), 'utf8').catch(() => '')).split(' ')
    if (!(Number(pid) > 0)) return false
    if (host === hostname()) return isAlive(Number(pid))
    const { mtimeMs } = await stat(join(this.folder, ENTRIES)).catch(() => ({ mtimeMs: 0 }))
    return Date.now() - mtimeMs < LONGEST_SILENCE
  }

  /** The runs that wait, the oldest first. */
  static async waiting(parent: string): Promise<Spool[]> {
    const names = await readdir(parent).catch(() => [])
    return names.sort().map((name) => new Spool(join(parent, name)))
  }

  async append(entry: Entry): Promise<void> {
    try {
      await appendFile(join(this.folder, ENTRIES), `${JSON.stringify(entry)}\n`)
      this.held?.push(entry)
    } catch (error) {
      await this.cut()
      throw error
    }
  }

  /** Cuts off what a crash or a full disk left of the last entry. */
  private async cut(): Promise<void> {
    const path = join(this.folder, ENTRIES)
    const text = await readFile(path).catch(() => Buffer.alloc(0))
    const whole = text.lastIndexOf(10) + 1
    if (whole < text.length) await truncate(path, whole)
  }

  async keep(contents: Uint8Array): Promise<string> {
    const file = `artefact-${randomUUID()}`
    await writeFile(join(this.folder, file), contents)
    return file
  }

  artefact(file: string): Promise<Uint8Array> {
    return readFile(join(this.folder, file))
  }

  /** All whole entries: a crash may have left half of the last. */
  async entries(): Promise<readonly Entry[]> {
    if (this.held) return [...this.held]
    const text = await readFile(join(this.folder, ENTRIES), 'utf8').catch(() => '')
    return text
      .split('\n')
      .slice(0, -1)
      .map((line): Entry => JSON.parse(line))
  }

  async sent(): Promise<Sent> {
    const text = await readFile(join(this.folder, 'sent.json'), 'utf8').catch(() => '{"entries":0}')
    return JSON.parse(text)
  }

  /** Written aside and renamed: it holds what was sent before, or what is sent now. Each writes aside by a name of its own: two may send the same run at once. */
  async mark(sent: Sent): Promise<void> {
    const path = join(this.folder, 'sent.json')
    const aside = `${path}.${randomUUID()}`
    await writeFile(aside, JSON.stringify(sent))
    await rename(aside, path)
  }

  remove(): Promise<void> {
    if (this.held) this.held = []
    return rm(this.folder, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
