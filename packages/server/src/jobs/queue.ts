import { randomUUID } from 'node:crypto'
import type { EpochRecord, Issue } from '@som/core'
import * as v from 'valibot'
import { asOne, type Database, json, rowsOf } from '../data/database.ts'
import type { CurvePoint } from '../home/curve.ts'
import { Refused } from '../problem.ts'
import { type Job, type JobEvent, type JobState, type KeptRequest, STATES } from './job.ts'

/**
 * How often a job is started without reaching a new checkpoint before it fails: the job itself may be what kills its
 * process.
 */
const MOST_ATTEMPTS = 5

/** Why a job is interrupted if the server was asked to shut down. */
const IN_PEACE = { why: 'the server shut down' }

/** A finished epoch, of `epochs` in all. */
interface EpochNews {
  readonly kind: 'epoch'
  readonly data: EpochRecord & { readonly epochs: number }
}

/** An event from a worker during training. */
export type News = EpochNews | { readonly kind: 'resumed' | 'checkpoint' | 'note'; readonly data: object }

/** Jobs in order of arrival, and the events of each; written to disk before they are reported. */
export class JobQueue {
  private readonly db: Database
  private readonly most: number
  private readonly watchers = new Map<string, Set<() => void>>()

  /** `most`: how many jobs may wait. */
  constructor(db: Database, most: number) {
    this.db = db
    this.most = most
  }

  /** Throws a `Refused` if too many jobs wait or this owner has too many unfinished ones. */
  submit(owner: string, request: KeptRequest): Job {
    const id = randomUUID()
    asOne(this.db, () => {
      if (this.count("state = 'queued'") >= this.most)
        throw new Refused(503, [{ path: '', message: `${this.most} jobs are waiting already; try again later` }])
      const own = this.count("state IN ('queued', 'running') AND owner = ?", owner)
      if (own >= request.limits.jobs)
        throw new Refused(429, [
          { path: '', message: `expected at most ${request.limits.jobs} jobs at a time, found ${own}` },
        ])
      this.db
        .prepare(
          "INSERT INTO jobs(id, place, state, owner, request, created) VALUES (?, (SELECT coalesce(max(place), 0) + 1 FROM jobs), 'queued', ?, ?, ?)",
        )
        .run(id, owner, JSON.stringify(request), new Date().toISOString())
      this.insertEvent(id, 'queued', {})
    })
    return this.get(id)
  }

  find(id: string): Job | null {
    return rowsOf(jobRow, this.db.prepare('SELECT * FROM jobs WHERE id = ?').all(id))[0] ?? null
  }

  /** Jobs, newest first; only those of `owner` if given. */
  list(limit: number, owner?: string): Job[] {
    return owner === undefined
      ? rowsOf(jobRow, this.db.prepare('SELECT * FROM jobs ORDER BY place DESC LIMIT ?').all(limit))
      : rowsOf(
          jobRow,
          this.db.prepare('SELECT * FROM jobs WHERE owner = ? ORDER BY place DESC LIMIT ?').all(owner, limit),
        )
  }

  /** Starts the job that has waited longest. */
  take(): Job | null {
    const [row] = rowsOf(
      v.object({ id: v.string() }),
      this.db.prepare("SELECT id FROM jobs WHERE state = 'queued' ORDER BY place LIMIT 1").all(),
    )
    if (!row) return null
    asOne(this.db, () => {
      this.db.prepare("UPDATE jobs SET state = 'running', attempts = attempts + 1 WHERE id = ?").run(row.id)
      this.insertEvent(row.id, 'started', {})
    })
    this.wake(row.id)
    return this.get(row.id)
  }

  /** Returns a started job to its place in the queue. False if that has happened too often and the job fails. */
  putBack(id: string, why: string): boolean {
    if (this.startsWithoutProgress(id) >= MOST_ATTEMPTS) {
      const message = `failed after ${MOST_ATTEMPTS} attempts without progress: ${why}`
      this.end(id, 'failed', { issues: [{ path: '', message }] })
      return false
    }
    this.requeue(id, { why })
    return true
  }

  /** How often the job was started since its last checkpoint, or since an orderly shutdown saved its run. */
  private startsWithoutProgress(id: string): number {
    const [{ n }] = rowsOf(
      v.object({ n: v.number() }),
      this.db
        .prepare(
          "SELECT count(*) AS n FROM events WHERE job = ? AND kind = 'started' AND seq > (SELECT coalesce(max(seq), 0) FROM events WHERE job = ? AND (kind = 'checkpoint' OR (kind = 'interrupted' AND data = ?)))",
        )
        .all(id, id, JSON.stringify(IN_PEACE)),
    )
    return n
  }

  private requeue(id: string, data: object): void {
    asOne(this.db, () => {
      this.db.prepare("UPDATE jobs SET state = 'queued' WHERE id = ?").run(id)
      this.insertEvent(id, 'interrupted', data)
    })
    this.wake(id)
  }

  /** Requeues the jobs that were running when the process ended; returns the jobs that fail. */
  recover(): Job[] {
    const running = rowsOf(jobRow, this.db.prepare("SELECT * FROM jobs WHERE state = 'running'").all())
    return running.filter(({ id }) => !this.putBack(id, 'the server ended'))
  }

  /** Requeues a job during an orderly shutdown: that does not count as a failed attempt. */
  rest(id: string): void {
    this.db.prepare('UPDATE jobs SET attempts = attempts - 1 WHERE id = ?').run(id)
    this.requeue(id, IN_PEACE)
  }

  /** Appends events in this order, as one transaction. */
  tellAll(id: string, news: readonly News[]): void {
    if (news.length === 0) return
    const last = news.findLast((each): each is EpochNews => each.kind === 'epoch')
    asOne(this.db, () => {
      if (last)
        this.db.prepare('UPDATE jobs SET epoch = ?, epochs = ? WHERE id = ?').run(last.data.epoch, last.data.epochs, id)
      for (const { kind, data } of news) this.insertEvent(id, kind, data)
    })
    this.wake(id)
  }

  end(
    id: string,
    state: JobState,
    { version, issues = [] }: { version?: number; issues?: readonly Issue[] } = {},
  ): void {
    asOne(this.db, () => {
      this.db
        .prepare('UPDATE jobs SET state = ?, ended = ?, version = ?, issues = ? WHERE id = ?')
        .run(state, new Date().toISOString(), version ?? null, JSON.stringify(issues), id)
      this.insertEvent(id, state, { ...(version && { version }), ...(issues.length > 0 && { issues }) })
    })
    this.wake(id)
  }

  events(id: string, after: number, limit: number): JobEvent[] {
    return rowsOf(
      eventRow,
      this.db
        .prepare('SELECT seq, kind, data FROM events WHERE job = ? AND seq > ? ORDER BY seq LIMIT ?')
        .all(id, after, limit),
    )
  }

  /** The quantization error of epochs of a job, of at most about `most`. */
  curve(id: string, most = 100): CurvePoint[] {
    const points = rowsOf(
      curveRow,
      this.db
        .prepare(
          "SELECT json_extract(data, '$.epoch') AS epoch, json_extract(data, '$.quantizationError') AS quantizationError FROM events WHERE job = ? AND kind = 'epoch' AND (seq % max(1, (SELECT count(*) FROM events WHERE job = ?) / ?) = 0 OR seq IN (SELECT min(seq) FROM events WHERE job = ? AND kind = 'epoch' UNION SELECT max(seq) FROM events WHERE job = ? AND kind = 'epoch')) ORDER BY seq",
        )
        .all(id, id, most, id, id),
    )
    // A job that continued from a checkpoint has done some epochs twice.
    const byEpoch = new Map(
      points.flatMap(({ epoch, quantizationError }) =>
        quantizationError === null ? [] : [[epoch, quantizationError]],
      ),
    )
    return [...byEpoch].sort(([a], [b]) => a - b).map(([epoch, quantizationError]) => ({ epoch, quantizationError }))
  }

  /** Digests of the tables of unfinished jobs. */
  wantedTables(): Set<string> {
    const jobs = rowsOf(jobRow, this.db.prepare("SELECT * FROM jobs WHERE state IN ('queued', 'running')").all())
    return new Set(jobs.map(({ request }) => request.table.digest))
  }

  /** Calls `wake` at each change of a job; returns a function that stops this. */
  watch(id: string, wake: () => void): () => void {
    const known = this.watchers.get(id) ?? new Set()
    this.watchers.set(id, known.add(wake))
    return () => {
      known.delete(wake)
      if (known.size === 0) this.watchers.delete(id)
    }
  }

  /** Notifies all watchers. */
  wakeAll(): void {
    for (const id of this.watchers.keys()) this.wake(id)
  }

  private wake(id: string): void {
    for (const wake of this.watchers.get(id) ?? []) wake()
  }

  private get(id: string): Job {
    const job = this.find(id)
    if (job === null) throw new Error(`no job ${id}`)
    return job
  }

  private count(where: string, ...values: string[]): number {
    return v.parse(
      v.object({ n: v.number() }),
      this.db.prepare(`SELECT count(*) AS n FROM jobs WHERE ${where}`).get(...values),
    ).n
  }

  private insertEvent(id: string, kind: string, data: object): void {
    this.db
      .prepare(
        'INSERT INTO events(job, seq, kind, data) VALUES (?, (SELECT coalesce(max(seq), 0) + 1 FROM events WHERE job = ?), ?, ?)',
      )
      .run(id, id, kind, JSON.stringify(data))
  }
}

const eventRow = v.object({ seq: v.number(), kind: v.string(), data: json(v.unknown()) })

const curveRow = v.object({ epoch: v.number(), quantizationError: v.nullable(v.number()) })

const jobRow: v.GenericSchema<unknown, Job> = v.object({
  id: v.string(),
  state: v.picklist(STATES),
  owner: v.string(),
  // Checked on arrival, and written only here.
  request: json(v.custom<KeptRequest>((value) => typeof value === 'object' && value !== null)),
  created: v.string(),
  ended: v.nullable(v.string()),
  attempts: v.number(),
  epoch: v.number(),
  epochs: v.nullable(v.number()),
  version: v.nullable(v.number()),
  issues: json(v.array(v.object({ path: v.string(), message: v.string() }))),
})
