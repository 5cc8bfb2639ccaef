import {
  type AnswerColumn,
  answersOf,
  type Backend,
  type Matches,
  type Matrix,
  matrix,
  type Samples,
  type Som,
} from '@som/core'
import type { Session } from '@som/core/backend'
import { partOf } from './part-of.ts'
import { matrixOf } from './read-body.ts'
import { type RowReader, rowReader } from './row-reader.ts'

/** The rows matched together, and where one request's rows begin. */
interface Found {
  readonly found: Matches
  readonly from: number
}

/** Matches rows in one session. Requests that arrive meanwhile are gathered and matched together next. */
export class Scorer {
  readonly som: Som
  readonly reader: RowReader
  /** What the map says about a row. */
  readonly answers: readonly AnswerColumn[]
  private readonly session: Session
  private waiting: {
    readonly data: Float32Array
    readonly rows: number
    done(found: Matches, from: number): void
    failed(error: unknown): void
  }[] = []
  private isBusy = false
  private before: Promise<unknown> = Promise.resolve()

  private constructor(som: Som, session: Session) {
    this.som = som
    this.reader = rowReader(som)
    this.answers = answersOf(som)
    this.session = session
  }

  static async open(som: Som, backend: Backend): Promise<Scorer> {
    const { lattice, metric, kernel, codebook } = som
    const nothing = { matrix: matrix(0, codebook.columns) }
    return new Scorer(som, await backend.open({ lattice, metric, kernel }, nothing, codebook))
  }

  async match(samples: Samples): Promise<Matches> {
    return this.matchReady(matrixOf(this.som.features, samples))
  }

  /** As `match`, for preprocessed rows, which must not change until they are matched. */
  async matchReady({ data, rows }: Matrix): Promise<Matches> {
    if (rows === 0) {
      const none = new Float32Array(0)
      return { unit: new Int32Array(0), distance: none, secondUnit: new Int32Array(0), secondDistance: none }
    }
    const { found, from } = await this.gathered(data, rows)
    return partOf(found, from, from + rows)
  }

  private gathered(data: Float32Array, rows: number): Promise<Found> {
    return new Promise((resolve, reject) => {
      const done = (found: Matches, from: number): void => resolve({ found, from })
      this.waiting.push({ data, rows, done, failed: reject })
      if (!this.isBusy) void this.work()
    })
  }

  /** Does `work` on preprocessed rows when nothing else is at work: a session takes one call at a time. */
  alone<T>({ rows: _ }: Pick<Matrix, 'rows'>, work: (session: Session) => Promise<T>): Promise<T> {
    const done = this.before.then(() => work(this.session))
    this.before = done.catch(() => undefined)
    return done
  }

  close(): void {
    this.session.close()
  }

  private async work(): Promise<void> {
    this.isBusy = true
    // One turn of the event loop lets simultaneous requests share one call.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.waiting.length > 0) {
      const batch = this.waiting
      this.waiting = []
      try {
        const rows = { matrix: together(batch, this.som.codebook.columns) }
        const found = await this.alone(rows.matrix, (session) => session.match(rows))
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
}

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
