import { kernelForm, kernelName } from '../../map/neighbourhood.ts'
import { isSparse, type Matrix, matrix, rowOf } from '../../rows/matrix.ts'
import type {
  EpochReport,
  EpochStep,
  EpochSums,
  Matches,
  MatchOptions,
  NearestUnits,
  Rows,
  Session,
  Task,
  Watch,
} from '../backend.ts'
import { matchRows } from './match.ts'
import { nearestRows } from './nearest.ts'
import { pacer } from './pacer.ts'
import { checkNearest, checkRows, checkShapes } from './session-guard.ts'
import { smooth } from './smoothing.ts'
import { scatterRow } from './sparse-search.ts'
import { sumRows } from './sums.ts'

/**
 * Opens a session of the reference backend, which writes to `codebook`. Throws if the arguments do not fit together.
 */
export function openSession(task: Task, samples: Rows, codebook: Matrix): Session {
  checkShapes(task, samples, codebook)
  return new JsSession(task, samples, codebook)
}

class JsSession implements Session {
  private state: { readonly samples: Rows; readonly codebook: Matrix; units?: Int32Array } | null
  private readonly task: Task

  constructor(task: Task, samples: Rows, codebook: Matrix) {
    this.task = task
    this.state = { samples, codebook }
  }

  async epoch(step: EpochStep, watch?: Watch): Promise<EpochReport> {
    return step.rule === 'batch' ? this.batchEpoch(step.radius, watch) : this.onlineEpoch(step, watch)
  }

  async sums(samples: Rows, watch?: Watch): Promise<EpochSums> {
    const { codebook } = this.open()
    checkRows(samples, codebook.columns)
    const matches = await matchRows(this.task.metric, codebook, samples, { second: false, watch })
    return sumRows(codebook.rows, samples, matches)
  }

  async update(sums: EpochSums, radius: number, rate = 1): Promise<void> {
    const { codebook } = this.open()
    const { lattice, kernel } = this.task
    if (kernelForm(kernel).signed) throw new RangeError(`kernel ${kernelName(kernel)}: online only`)
    if (sums.sums.length !== codebook.data.length) {
      throw new RangeError(`sums: expected ${codebook.data.length} numbers, found ${sums.sums.length}`)
    }
    const width = sums.counts.length / codebook.rows
    if (width !== 1 && width !== codebook.columns) {
      throw new RangeError(`counts: expected one per unit, or one per unit and feature, found ${sums.counts.length}`)
    }
    const numerators = smooth(lattice, kernel, radius, sums.sums, codebook.columns)
    const denominators = smooth(lattice, kernel, radius, sums.counts, width)
    moveToMeans(codebook, numerators, denominators, width, rate)
  }

  async match(samples?: Rows, options: MatchOptions = {}): Promise<Matches> {
    const { codebook, samples: resident } = this.open()
    if (samples) checkRows(samples, codebook.columns)
    return matchRows(this.task.metric, codebook, samples ?? resident, {
      second: options.second ?? true,
      watch: options,
    })
  }

  async nearest(k: number, samples?: Rows, watch?: Watch): Promise<NearestUnits> {
    const { codebook, samples: resident } = this.open()
    checkNearest(k)
    if (samples) checkRows(samples, codebook.columns)
    return nearestRows(this.task.metric, codebook, samples ?? resident, k, watch)
  }

  async codebook(): Promise<Matrix> {
    const { codebook } = this.open()
    return matrix(codebook.rows, codebook.columns, codebook.data.slice())
  }

  close(): void {
    this.state = null
  }

  private async batchEpoch(radius: number, watch?: Watch): Promise<EpochReport> {
    const state = this.open()
    const { samples, codebook } = state
    const matches = await matchRows(this.task.metric, codebook, samples, { second: false, hints: state.units, watch })
    state.units = matches.unit
    const sums = sumRows(codebook.rows, samples, matches)
    await this.update(sums, radius)
    return { distance: sums.distance, weight: sums.weight }
  }

  private async onlineEpoch(step: EpochStep & { rule: 'online' }, watch?: Watch): Promise<EpochReport> {
    const { samples, codebook } = this.open()
    const { lattice, metric, kernel } = this.task
    checkOrder(step, samples.matrix.rows)
    const { onlineStep } = await import('./online.ts')
    const present = onlineStep(lattice, metric, kernel, codebook)
    const row = rowReader(samples.matrix)
    const pace = pacer(watch)
    let distance = 0
    let presented = 0
    for (let t = 0; t < step.order.length; t++) {
      const found = present(row(step.order[t]), step.radius[t], step.rate[t])
      if (!Number.isNaN(found)) {
        distance += found
        presented++
      }
      if (pace.due(2 * codebook.data.length)) await pace.pause((t + 1) / step.order.length)
    }
    return { distance, weight: presented }
  }

  private open(): NonNullable<JsSession['state']> {
    if (this.state === null) throw new Error('session: already closed; open a new one')
    return this.state
  }
}

/** w moves towards num / den by `rate`; a unit (or feature) with nothing in reach stays unchanged. */
function moveToMeans(codebook: Matrix, num: Float64Array, den: Float64Array, width: number, rate: number): void {
  const { columns, data } = codebook
  for (let i = 0; i < data.length; i++) {
    const weight = width === 1 ? den[Math.floor(i / columns)] : den[i]
    if (!(weight > 0)) continue
    const mean = num[i] / weight
    data[i] = rate === 1 ? mean : data[i] + rate * (mean - data[i])
  }
}

function rowReader(samples: Rows['matrix']): (i: number) => Float32Array {
  if (!isSparse(samples)) return (i) => rowOf(samples, i)
  const row = new Float32Array(samples.columns)
  return (i) => {
    scatterRow(samples, i, row)
    return row
  }
}

function checkOrder(step: EpochStep & { rule: 'online' }, rows: number): void {
  const { order, radius, rate } = step
  if (radius.length !== order.length || rate.length !== order.length) {
    throw new RangeError(`radius, rate: expected ${order.length} each, found ${radius.length} and ${rate.length}`)
  }
  for (const i of order) if (i >= rows) throw new RangeError(`order: expected indices below ${rows}, found ${i}`)
}
