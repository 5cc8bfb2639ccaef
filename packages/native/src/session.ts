import type { Matrix, Metric, Rows } from '@som/core'
import { isLayered, isSparse, kernelName, matrix, metricName } from '@som/core'
import type { Session, Task, Watch } from '@som/core/backend'
import { checkNearest, checkRows } from '@som/core/backend'
import type { Addon, NativeCancelToken, NativeRows, NativeSession, NativeTask, Progress } from './addon.ts'

/** Opens a session of the addon. Samples are not copied but passed by reference with every call. */
export function openSession(addon: Addon, task: Task, samples: Rows, codebook: Matrix, threads: number): Session {
  const { lattice, metric, kernel } = task
  const session = new addon.NativeSession(
    { ...lattice, ...metricOf(metric), kernel: kernelName(kernel) },
    codebook.columns,
    codebook.data,
    threads,
  )
  return new Calls(addon, session, samples, codebook)
}

/** A metric as the addon takes it: where there are layers, the name counts for nothing. */
function metricOf(metric: Metric): Pick<NativeTask, 'metric' | 'layers'> {
  if (!isLayered(metric)) return { metric: metricName(metric) }
  const layers = metric.layers.map((layer) => ({ ...layer, columns: Uint32Array.from(layer.columns) }))
  return { metric: 'euclidean', layers }
}

/** Calls on a session, run one after another in the order they were made. */
class Calls implements Session {
  private readonly addon: Addon
  private readonly units: number
  private readonly features: number
  private state: { readonly native: NativeSession; readonly samples: Rows } | null
  private last: Promise<unknown> = Promise.resolve()
  private readonly tokens = new Set<NativeCancelToken>()

  constructor(addon: Addon, native: NativeSession, samples: Rows, codebook: Matrix) {
    this.addon = addon
    this.units = codebook.rows
    this.features = codebook.columns
    this.state = { native, samples }
  }

  epoch: Session['epoch'] = (step, watch) =>
    this.call(watch, ({ native, samples }, token, progress) =>
      step.rule === 'batch'
        ? native.batchEpoch(crossing(samples), step.radius, token, progress)
        : native.onlineEpoch(crossing(samples), step.order, step.radius, step.rate, token, progress),
    )

  sums: Session['sums'] = (samples, watch) =>
    this.call(watch, ({ native }, token, progress) => native.sums(this.checked(samples), token, progress))

  update: Session['update'] = (sums, radius, rate = 1) =>
    this.call(undefined, ({ native }) => native.update(sums.sums, sums.counts, radius, rate))

  match: Session['match'] = (samples, options) =>
    this.call(options, ({ native, samples: resident }, token, progress) => {
      const rows = samples ? this.checked(samples) : crossing(resident)
      return native.matchRows(rows, options?.second ?? true, token, progress)
    })

  nearest: Session['nearest'] = (k, samples, watch) =>
    this.call(watch, async ({ native, samples: resident }, token, progress) => {
      checkNearest(k)
      const rows = samples ? this.checked(samples) : crossing(resident)
      return { k, ...(await native.nearestRows(rows, k, token, progress)) }
    })

  codebook: Session['codebook'] = () =>
    this.call(undefined, async ({ native }) => matrix(this.units, this.features, await native.codebook()))

  close(): void {
    for (const token of this.tokens) token.cancel()
    this.state?.native.close()
    this.state = null
  }

  private checked(samples: Rows): NativeRows {
    checkRows(samples, this.features)
    return crossing(samples)
  }

  private async call<T>(
    watch: Watch | undefined,
    work: (open: NonNullable<Calls['state']>, token: NativeCancelToken, progress?: Progress) => Promise<T>,
  ): Promise<T> {
    const before = this.last
    const run = before.catch(() => undefined).then(() => this.run(watch, work))
    this.last = run
    return run
  }

  private async run<T>(
    watch: Watch | undefined,
    work: (open: NonNullable<Calls['state']>, token: NativeCancelToken, progress?: Progress) => Promise<T>,
  ): Promise<T> {
    if (this.state === null) throw new Error('session: already closed; open a new one')
    const signal = watch?.signal
    signal?.throwIfAborted()
    const token = new this.addon.CancelToken()
    const cancel = (): void => token.cancel()
    this.tokens.add(token)
    signal?.addEventListener('abort', cancel)
    try {
      return await work(this.state, token, watch?.progress)
    } catch (error) {
      signal?.throwIfAborted()
      if (this.state === null) throw new Error('session: closed during the call')
      throw error
    } finally {
      signal?.removeEventListener('abort', cancel)
      this.tokens.delete(token)
    }
  }
}

/** Rows for the binding. Refuses arrays that have been transferred to another thread since. */
function crossing({ matrix: rows, weights }: Rows): NativeRows {
  if (isSparse(rows)) {
    const { rows: count, columns, offsets, indices, values } = rows
    refuseDetached(offsets, count + 1)
    return { rows: count, columns, offsets, indices, values, weights }
  }
  refuseDetached(rows.data, rows.rows * rows.columns)
  return { rows: rows.rows, columns: rows.columns, data: rows.data, weights }
}

function refuseDetached(array: Float32Array | Uint32Array, length: number): void {
  if (array.length === length) return
  throw new RangeError(`samples: expected ${length} numbers, found ${array.length}: was their buffer transferred?`)
}
