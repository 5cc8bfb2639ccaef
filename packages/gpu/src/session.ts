import { isSparse, type Matrix } from '@som/core'
import {
  checkRows,
  type EpochReport,
  type EpochStep,
  type EpochSums,
  type Matches,
  type MatchOptions,
  type NearestUnits,
  type Rows,
  type Session,
  sumRows,
  type Task,
  type Watch,
} from '@som/core/backend'
import { ratioOf } from './bounds.ts'
import { type Card, DeviceLost } from './card.ts'
import type { FormName } from './forms.ts'
import { matchOnCard } from './match-on-card.ts'
import { isFit, scaledBy } from './ready-rows.ts'
import { formOf } from './refusal.ts'
import { RowsOnCard } from './rows-on-card.ts'
import { type Shortlist, shortlistOn } from './shortlist.ts'

/** What a session works with. */
export interface Opened {
  readonly card: Card
  readonly task: Task
  readonly samples: Rows
  readonly features: number
  /** Another backend's session on the same task. */
  readonly rest: Session
  /** Called with what runs there, and why. */
  readonly say: (what: string, why: string) => void
}

/**
 * Dense rows are compared on the card. A session of another backend has the codebook: it smooths, updates, and runs
 * what the card does not take.
 */
export class GpuSession implements Session {
  private readonly card: Card
  private readonly rest: Session
  private readonly samples: Rows
  private readonly form: FormName
  private readonly ratio: number | null
  private resident: RowsOnCard | null = null
  private readonly say: Opened['say']
  private closed = false

  constructor({ card, task, samples, features, rest, say }: Opened) {
    const form = formOf(task.metric)
    if (form === null) throw new Error('gpu: a metric that is compared on the CPU')
    this.card = card
    this.say = say
    this.form = form
    this.ratio = ratioOf(form, features)
    this.samples = samples
    this.rest = rest
  }

  async epoch(step: EpochStep, watch?: Watch): Promise<EpochReport> {
    if (step.rule === 'online') {
      this.say('online epochs run', 'each step needs the codebook of the one before')
      return this.rest.epoch(step, watch)
    }
    const { distance, weight, ...sums } = await this.sums(this.samples, watch)
    await this.rest.update({ ...sums, distance, weight }, step.radius)
    return { distance, weight }
  }

  async sums(samples: Rows, watch?: Watch): Promise<EpochSums> {
    const matches = await this.match(samples, { ...watch, second: false })
    const { rows } = await this.rest.codebook()
    return sumRows(rows, samples, matches)
  }

  update: Session['update'] = (sums, radius, rate) => this.rest.update(sums, radius, rate)

  async match(samples: Rows = this.samples, options: MatchOptions = {}): Promise<Matches> {
    options.signal?.throwIfAborted()
    const codebook = await this.rest.codebook()
    checkRows(samples, codebook.columns)
    const { matrix } = samples
    if (isSparse(matrix)) {
      this.say('sparse rows are matched', 'the card compares dense ones')
      return this.rest.match(samples, options)
    }
    const rows = this.onCard(matrix)
    try {
      return await this.matchDense(rows, codebook, samples, options)
    } catch (error) {
      throw this.reasonOf(error)
    } finally {
      if (rows !== this.resident) rows.destroy()
    }
  }

  nearest(k: number, samples?: Rows, watch?: Watch): Promise<NearestUnits> {
    return this.rest.nearest(k, samples, watch)
  }

  codebook: Session['codebook'] = () => this.rest.codebook()

  close(): void {
    this.closed = true
    this.resident?.destroy()
    this.resident = null
    this.rest.close()
  }

  private onCard(matrix: Matrix): RowsOnCard {
    if (matrix !== this.samples.matrix) return new RowsOnCard(this.card, matrix)
    this.resident ??= new RowsOnCard(this.card, matrix)
    return this.resident
  }

  private async matchDense(rows: RowsOnCard, codebook: Matrix, samples: Rows, options: MatchOptions): Promise<Matches> {
    const { ratio, form } = this
    const { scale } = rows.ready
    const reason = this.unfit(codebook, scale)
    if (ratio === null || reason !== null) {
      this.say('rows are matched', reason ?? `no bound is useful for ${codebook.columns} features`)
      return this.rest.match(samples, options)
    }
    const w = this.card.holding(scaledBy(codebook.data, scale))
    try {
      const parts = this.shortlists(rows, w, codebook)
      const second = options.second ?? true
      return await matchOnCard(
        { rows: rows.matrix, ready: rows.ready, parts, form, ratio, codebook, second },
        this.rest,
        options,
      )
    } finally {
      w.destroy()
    }
  }

  /** Why no row can be compared with a codebook; null if some can. */
  private unfit(codebook: Matrix, scale: number): string | null {
    const bytes = 4 * codebook.data.length
    if (codebook.rows === 1) return 'the map has one unit'
    if (bytes > this.card.binding) return `the codebook has ${bytes} bytes, and a binding ${this.card.binding}`
    return isFit(codebook, scale) ? null : 'prototypes are out of the range of the rows'
  }

  private async *shortlists(
    rows: RowsOnCard,
    w: GPUBuffer,
    { rows: units, columns: features }: Matrix,
  ): AsyncGenerator<{ first: number; rows: number; shortlist: Shortlist }> {
    for (const { x, within, first, rows: count } of rows.parts(units)) {
      const compared = { x, first: within, rows: count, w, units, features }
      yield { first, rows: count, shortlist: await shortlistOn(this.card, this.form, compared) }
    }
  }

  private reasonOf(error: unknown): unknown {
    if (this.closed) return new Error('session: closed during the call')
    if (!(error instanceof DeviceLost)) return error
    return new DeviceLost(`gpu: ${error.message}; continue from the last checkpoint on another backend`)
  }
}
