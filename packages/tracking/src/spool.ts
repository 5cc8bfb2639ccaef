import { randomUUID } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { homedir, hostname } from 'node:os'
import { basename, join } from 'node:path'
import type { RunStart, RunStatus } from './tracker.ts'

/** One entry for a server, in the order of the run. */
export type Entry =
  | {
      readonly kind: 'start'
      readonly uri: string
      readonly time: number
      readonly run: RunStart
      /** Whether another process may continue the run after this one has ended. */
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
  /** The run's id on the server, and where its artefacts go. */
  readonly id?: string
  readonly artefacts?: string
  /** Whether the server was asked to create the run: its answer may be lost. */
  readonly asked?: boolean
}

const ENTRIES = 'entries.jsonl'
const WRITER = 'writer'
/** Milliseconds of silence after which a run of another machine counts as ended. */
const LONGEST_SILENCE = 3_600_000

/** The folder where runs wait to be sent. */
export function spoolFolder(): string {
  return process.env.SOM_SPOOL ?? join(homedir(), '.som', 'spool')
}

/** The folder where the runs of a server's training jobs wait; the server keeps all its data in `folder`. */
export function spoolIn(folder: string): string {
  return process.env.SOM_SPOOL ?? join(folder, 'spool')
}

/**
 * A run's folder in the spool: `entries.jsonl`, `sent.json`, and the artefacts. Entries are on disk before they are
 * sent.
 */
export class Spool {
  readonly folder: string
  /** The entries, if only this process appends: a run of many epochs is not read again for each. */
  private held: Entry[] | undefined

  constructor(folder: string) {
    this.folder = folder
  }

  /** The tag by which the server recognises the run. */
  get name(): string {
    return basename(this.folder)
  }

  /** Creates a folder for a new run. */
  static async create(parent: string, run: string = `${process.pid}-${Spool.count++}`): Promise<Spool> {
    const folder = join(parent, `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${run}`)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return new Spool(folder).hold()
  }
  private static count = 0

  /**
   * The folder of a run that another process may have started; null if there is none (any more). A partial last entry,
   * left by a crash, is cut off.
   */
  static async find(parent: string, run: string): Promise<Spool | null> {
    const names = await readdir(parent).catch(() => [])
    const name = names.find((each) => each.endsWith(`-${run}`))
    if (name === undefined) return null
    const spool = new Spool(join(parent, name))
    await spool.cut()
    return spool.hold()
  }

  /** Claims the run for this process: no other process sends it meanwhile. */
  private async hold(): Promise<Spool> {
    this.held = [...(await this.entries())]
    await writeFile(join(this.folder, WRITER), `${process.pid} ${hostname()}`).catch(() => undefined)
    return this
  }

  /** Releases the run for `push`. */
  letGo(): Promise<void> {
    this.held = undefined
    return rm(join(this.folder, WRITER), { force: true })
  }

  /**
   * Whether a process still records the run: processes of this machine are checked; one of another machine that shares
   * the spool counts until it has been silent for long.
   */
  async isGoing(): Promise<boolean> {
    const [pid, host] = (await readFile(join(this.folder, WRITER), 'utf8').catch(() => '')).split(' ')
    if (!(Number(pid) > 0)) return false
    if (host === hostname()) return isAlive(Number(pid))
    const { mtimeMs } = await stat(join(this.folder, ENTRIES)).catch(() => ({ mtimeMs: 0 }))
    return Date.now() - mtimeMs < LONGEST_SILENCE
  }

  /** The waiting runs, oldest first. */
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

  /** Cuts off a partial last entry, left by a crash or a full disk. */
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

  /** All complete entries: a crash may have left half of the last. */
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

  /**
   * Written to a temporary file and renamed, so that it has either the old or the new state. The temporary names are
   * unique: two processes may send the same run at once.
   */
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
