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
import { type Card, CardFailure } from './card.ts'
import type { FormName } from './forms.ts'
import { matchOnCard } from './match-on-card.ts'
import { isFit, scaledBy } from './ready-rows.ts'
import { formOf } from './refusal.ts'
import { RowsOnCard } from './rows-on-card.ts'
import { sumsOnCard } from './sums-on-card.ts'

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
  /** Whether `rest` continues when the device is lost. */
  readonly whenLost: 'fail' | 'continue'
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
  private readonly whenLost: Opened['whenLost']
  /** Why `rest` continues without the card; null while it does not. */
  private over: string | null = null
  private closed = false

  constructor({ card, task, samples, features, rest, say, whenLost }: Opened) {
    const form = formOf(task.metric)
    if (form === null) throw new Error('gpu: a metric that is compared on the CPU')
    this.card = card
    this.say = say
    this.whenLost = whenLost
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
    return this.onDense(samples, watch, async (rows, codebook) => {
      const matches = await this.matchOn(rows, codebook, samples, { ...watch, second: false })
      const { rows: units } = codebook
      if (rows === null || !rows.ready.addable || !this.holds(8 * codebook.data.length))
        return sumRows(units, samples, matches)
      return sumsOnCard(this.card, rows, samples, matches, units)
    })
  }

  update: Session['update'] = (sums, radius, rate) => this.rest.update(sums, radius, rate)

  async match(samples: Rows = this.samples, options: MatchOptions = {}): Promise<Matches> {
    return this.onDense(samples, options, (rows, codebook) => this.matchOn(rows, codebook, samples, options))
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

  /** Work on rows, which are on the card meanwhile if they are dense. */
  private async onDense<T>(
    samples: Rows,
    watch: Watch | undefined,
    work: (rows: RowsOnCard | null, codebook: Matrix) => Promise<T>,
  ): Promise<T> {
    watch?.signal?.throwIfAborted()
    if (this.whenLost === 'continue') this.over ??= this.card.lost()
    const codebook = await this.rest.codebook()
    checkRows(samples, codebook.columns)
    const { matrix } = samples
    const rows = isSparse(matrix) || this.over !== null ? null : this.onCard(matrix)
    try {
      return await work(rows, codebook)
    } catch (error) {
      if (this.closed || !(error instanceof CardFailure && this.whenLost === 'continue')) throw this.reasonOf(error)
      this.over = error.message
      return await work(null, codebook)
    } finally {
      if (rows !== this.resident) rows?.destroy()
    }
  }

  private onCard(matrix: Matrix): RowsOnCard {
    if (matrix !== this.samples.matrix) return new RowsOnCard(this.card, matrix)
    this.resident ??= new RowsOnCard(this.card, matrix)
    return this.resident
  }

  private async matchOn(
    rows: RowsOnCard | null,
    codebook: Matrix,
    samples: Rows,
    options: MatchOptions,
  ): Promise<Matches> {
    const { card, form, ratio, rest } = this
    if (rows === null) {
      if (this.over === null) this.say('sparse rows are matched', 'the card compares dense ones')
      else this.say('what is left runs', this.over)
      return rest.match(samples, options)
    }
    const reason = this.unfit(codebook, rows.ready.scale)
    if (ratio === null || reason !== null) {
      this.say('rows are matched', reason ?? `no bound is useful for ${codebook.columns} features`)
      return rest.match(samples, options)
    }
    const w = card.holding(scaledBy(codebook.data, rows.ready.scale))
    try {
      const { second = true, ...watch } = options
      return await matchOnCard(card, rows, { ...watch, form, ratio, second, w, units: codebook.rows }, rest)
    } finally {
      w.destroy()
    }
  }

  /** Why no row can be compared with a codebook; null if some can. */
  private unfit(codebook: Matrix, scale: number): string | null {
    const bytes = 4 * codebook.data.length
    if (codebook.rows === 1) return 'the map has one unit'
    if (!this.holds(bytes)) return `the codebook has ${bytes} bytes, and a binding ${this.card.binding}`
    return isFit(codebook, scale) ? null : 'prototypes are out of the range of the rows'
  }

  private holds(bytes: number): boolean {
    return bytes <= this.card.binding
  }

  private reasonOf(error: unknown): unknown {
    if (this.closed) return new Error('session: closed during the call')
    if (!(error instanceof CardFailure)) return error
    return new CardFailure(`gpu: ${error.message}; continue from the last checkpoint on another backend`)
  }
}
