import {
  type AnswerColumn,
  answersOf,
  type Backend,
  type EmbeddingSom,
  isSparse,
  landmarkMap,
  type Matches,
  type Matrix,
  matrix,
  rowsOf,
  type Samples,
  type Som,
} from '@som/core'
import type { NearestUnits, Rows, Session, Watch } from '@som/core/backend'
import { partOf } from './part-of.ts'
import { matrixOf } from './read-body.ts'
import { type RowReader, rowReader } from './row-reader.ts'

/** Rows that are not matched yet. */
interface Waiting {
  readonly data: Float32Array
  readonly rows: number
  done(found: Matches, from: number): void
  failed(error: unknown): void
}

/** The rows matched together, and where one request's rows begin. */
interface Found {
  readonly found: Matches
  readonly from: number
}

/** Rows of one call of a session, which others wait for: it takes some hundredths of a second. */
export const PART_ROWS = 8192
/** Rows of a request that does not wait for others' large ones. */
const FEW_ROWS = 1024

/**
 * Matches rows in one session. Requests that arrive meanwhile are gathered and matched together next; large ones go in
 * parts, so that small ones between them are answered soon.
 */
export class Scorer {
  readonly som: Som
  readonly reader: RowReader
  /** What the map says about a row. */
  readonly answers: readonly AnswerColumn[]
  private readonly session: Session
  private readonly backend: Backend
  private waiting: Waiting[] = []
  private isBusy = false
  /** What is opened when it is first asked for. An object, since traces make scorers that inherit from this one. */
  private readonly later: { landmarks?: Promise<Scorer> } = {}
  private before: Promise<unknown> = Promise.resolve()

  private constructor(som: Som, session: Session, backend: Backend) {
    this.som = som
    this.backend = backend
    this.reader = rowReader(som)
    this.answers = answersOf(som)
    this.session = session
  }

  static async open(som: Som, backend: Backend): Promise<Scorer> {
    const { lattice, metric, kernel, codebook } = som
    const nothing = { matrix: matrix(0, codebook.columns) }
    return new Scorer(som, await backend.open({ lattice, metric, kernel }, nothing, codebook), backend)
  }

  async match(samples: Samples): Promise<Matches> {
    return this.matchReady(matrixOf(this.som.features, samples))
  }

  /** As `match`, for preprocessed rows, which must not change until they are matched. */
  async matchReady({ data, rows }: Matrix): Promise<Matches> {
    if (rows === 0) {
      return noMatches(0)
    }
    if (rows <= PART_ROWS) {
      const { found, from } = await this.gathered(data, rows)
      return partOf(found, from, from + rows)
    }
    const all = noMatches(rows)
    const { columns } = this.som.codebook
    for (let at = 0; at < rows; at += PART_ROWS) {
      const count = Math.min(PART_ROWS, rows - at)
      const { found, from } = await this.gathered(data.subarray(at * columns, (at + count) * columns), count)
      const part = partOf(found, from, from + count)
      for (const name of MATCHED) all[name].set(part[name], at)
    }
    return all
  }

  /**
   * The nearest units of preprocessed rows, as a session finds them: part by part, while matches of others go between.
   */
  async nearest(k: number, samples: Rows | undefined, watch?: Watch): Promise<NearestUnits> {
    if (samples === undefined || isSparse(samples.matrix)) throw new TypeError('rows of a request are dense')
    const { matrix } = samples
    const unit = new Int32Array(matrix.rows * k)
    const distance = new Float32Array(matrix.rows * k)
    for (let at = 0; at < matrix.rows; at += PART_ROWS) {
      const rows = rowsOf(matrix, at, Math.min(at + PART_ROWS, matrix.rows))
      const part = await this.alone((session) => session.nearest(k, { matrix: rows }, watch))
      unit.set(part.unit, at * k)
      distance.set(part.distance, at * k)
    }
    return { k, unit, distance }
  }

  private gathered(data: Float32Array, rows: number): Promise<Found> {
    return new Promise((resolve, reject) => {
      const done = (found: Matches, from: number): void => resolve({ found, from })
      this.waiting.push({ data, rows, done, failed: reject })
      if (!this.isBusy) void this.work()
    })
  }

  /** Makes one call of the session when no other is at work: it takes one at a time. */
  private alone<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const done = this.before.then(() => work(this.session))
    this.before = done.catch(() => undefined)
    return done
  }

  /** What finds the landmarks of the plane that are nearest to rows. */
  landmarks({ embedding }: EmbeddingSom): Promise<Scorer> {
    this.later.landmarks ??= Scorer.open({ ...this.som, ...landmarkMap(this.som, embedding.landmarks) }, this.backend)
    return this.later.landmarks
  }

  close(): void {
    this.session.close()
    this.later.landmarks?.then(
      (scorer) => scorer.close(),
      () => undefined,
    )
  }

  private async work(): Promise<void> {
    this.isBusy = true
    // One turn of the event loop lets simultaneous requests share one call.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.waiting.length > 0) {
      const batch = this.next()
      try {
        const rows = { matrix: together(batch, this.som.codebook.columns) }
        const found = await this.alone((session) => session.match(rows))
        let from = 0
        for (const { rows, done } of batch) {
          done(found, from)
          from += rows
        }
      } catch (error) {
        for (const { failed } of batch) failed(error)
      }
    }
    this.isBusy = false
  }

  /** Takes what is matched next: small requests, as many as make a part, and the first of the large ones. */
  private next(): Waiting[] {
    const taken: Waiting[] = []
    const left: Waiting[] = []
    let [few, hasLarge] = [0, false]
    for (const each of this.waiting) {
      const isLarge = each.rows > FEW_ROWS
      if (isLarge ? hasLarge : few >= PART_ROWS) {
        left.push(each)
        continue
      }
      if (isLarge) hasLarge = true
      else few += each.rows
      taken.push(each)
    }
    this.waiting = left
    return taken
  }
}

const MATCHED = ['unit', 'distance', 'secondUnit', 'secondDistance'] as const

const noMatches = (rows: number): Matches => ({
  unit: new Int32Array(rows),
  distance: new Float32Array(rows),
  secondUnit: new Int32Array(rows),
  secondDistance: new Float32Array(rows),
})

function together(batch: readonly { readonly data: Float32Array; readonly rows: number }[], columns: number) {
  if (batch.length === 1) return matrix(batch[0].rows, columns, batch[0].data)
  const all = matrix(
    batch.reduce((sum, { rows }) => sum + rows, 0),
    columns,
  )
  let at = 0
  for (const { data } of batch) {
    all.data.set(data, at)
    at += data.length
  }
  return all
}
