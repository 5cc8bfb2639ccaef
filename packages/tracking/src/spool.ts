import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir, hostname } from 'node:os'
import { join } from 'node:path'
import type { RunStart, RunStatus } from './tracker.ts'

/** One thing that a server is to be told, in the order of a run. */
export type Entry =
  | {
      readonly kind: 'start'
      readonly uri: string
      readonly time: number
      readonly run: RunStart
      /** Whose run it is: while that process lives, nobody else sends or ends it. */
      readonly process?: Owner
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

/** A process, among those of all machines that share a spool. */
export interface Owner {
  readonly host: string
  readonly pid: number
}

export const thisProcess = (): Owner => ({ host: hostname(), pid: process.pid })

/** How far a run has been sent. */
export interface Sent {
  readonly entries: number
  /** What the server calls the run, and where its artefacts go. */
  readonly id?: string
  readonly artefacts?: string
}

/** Where runs wait to be sent. */
export function spoolFolder(): string {
  return process.env.SOM_SPOOL ?? join(homedir(), '.som', 'spool')
}

/** A run's folder in the spool: `entries.jsonl`, `sent.json`, and the artefacts. What is appended is on disk before it is sent. */
export class Spool {
  readonly folder: string
  /** What was appended to a new run, so that a run of many epochs is not read again at each. */
  private readonly appended: Entry[] | undefined
  private keptFiles = 0

  constructor(folder: string, appended?: Entry[]) {
    this.folder = folder
    this.appended = appended
  }

  static async create(parent: string): Promise<Spool> {
    const folder = join(parent, `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}-${Spool.count++}`)
    await mkdir(folder, { recursive: true })
    return new Spool(folder, [])
  }
  private static count = 0

  /** The runs that wait, the oldest first. */
  static async waiting(parent: string): Promise<Spool[]> {
    const names = await readdir(parent).catch(() => [])
    return names.sort().map((name) => new Spool(join(parent, name)))
  }

  async append(entry: Entry): Promise<void> {
    await appendFile(join(this.folder, 'entries.jsonl'), `${JSON.stringify(entry)}\n`)
    this.appended?.push(entry)
  }

  async keep(contents: Uint8Array): Promise<string> {
    // Counted here: what else lies in the folder comes and goes.
    const file = `artefact-${++this.keptFiles}`
    await writeFile(join(this.folder, file), contents)
    return file
  }

  artefact(file: string): Promise<Uint8Array> {
    return readFile(join(this.folder, file))
  }

  /** All whole entries: a crash may have left half of the last. */
  async entries(): Promise<readonly Entry[]> {
    if (this.appended) return [...this.appended]
    const text = await readFile(join(this.folder, 'entries.jsonl'), 'utf8').catch(() => '')
    return text
      .split('\n')
      .slice(0, -1)
      .map((line): Entry => JSON.parse(line))
  }

  async sent(): Promise<Sent> {
    const text = await readFile(join(this.folder, 'sent.json'), 'utf8').catch(() => '{"entries":0}')
    return JSON.parse(text)
  }

  /** Written aside and renamed: it holds what was sent before, or what is sent now. */
  async mark(sent: Sent): Promise<void> {
    const path = join(this.folder, 'sent.json')
    await writeFile(`${path}.new`, JSON.stringify(sent))
    await rename(`${path}.new`, path)
  }

  remove(): Promise<void> {
    this.appended?.splice(0)
    return rm(this.folder, { recursive: true, force: true })
  }
}
