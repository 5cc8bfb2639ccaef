import { nextTurn } from '@som/core/backend'
import type {
  Addon,
  NativeCancelToken,
  NativeReport,
  NativeRows,
  NativeSession,
  NativeTask,
  Progress,
} from './addon.ts'

/** The exports of `wasm/src/lib.rs`: plain functions of numbers. Calls return 0, or 1 with a message in buffer 0. */
interface Exports {
  readonly memory: WebAssembly.Memory
  allocate(kind: number, length: number): number
  address(buffer: number): number
  length(buffer: number): number
  release(buffer: number): void
  number(at: number): number
  answer(at: number): number
  named(thing: number, name: number): number
  layer(metric: number, weight: number, columns: number): number
  open(
    cell: number,
    shape: number,
    rows: number,
    columns: number,
    metric: number,
    kernel: number,
    features: number,
    codebook: number,
  ): number
  give(
    rows: number,
    columns: number,
    data: number,
    offsets: number,
    indices: number,
    values: number,
    weights: number,
  ): void
  batch_epoch(radius: number): number
  online_epoch(order: number, radius: number, rate: number): number
  sums(): number
  update(sums: number, counts: number, radius: number, rate: number): number
  match_rows(second: number): number
  nearest_rows(k: number): number
  codebook(): number
}

type Things = Parameters<Addon['knows']>[0]
type Numbers = Float32Array | Float64Array | Uint32Array | Int32Array | Uint8Array
type View<T> = new (buffer: ArrayBufferLike, offset: number, length: number) => T

const THINGS: readonly Things[] = ['cell', 'shape', 'metric', 'kernel']
const NONE = -1

/**
 * The module as an addon: the same sessions, on the calling thread, each in its own instance, whose memory is freed
 * with it.
 */
export function wasmAddon(module: WebAssembly.Module, version: string): Addon {
  const asked = new Instance(module)
  return {
    version: () => version,
    knows: (thing, name) => asked.named(thing, name) !== null,
    CancelToken: Token,
    NativeSession: class extends WasmSession {
      constructor(task: NativeTask, features: number, codebook: Float32Array, _threads: number) {
        super(new Instance(module), task, features, codebook)
      }
    },
  }
}

class Token implements NativeCancelToken {
  asked = false
  cancel(): void {
    this.asked = true
  }
}

/** One instance of the module, and arrays in and out of its memory. */
class Instance {
  readonly exports: Exports
  token: Token | undefined
  progress: Progress | null | undefined

  constructor(module: WebAssembly.Module) {
    const look = (share: number): number => {
      if (share >= 0) this.progress?.(share)
      return this.token?.asked ? 1 : 0
    }
    // The module's exports are our own, and listed above.
    this.exports = new WebAssembly.Instance(module, { host: { look } }).exports as unknown as Exports
  }

  put(values: Numbers): number {
    const kinds = [Float32Array, Float64Array, Uint32Array, Uint8Array] as const
    const kind = kinds.findIndex((each) => values instanceof each)
    const buffer = this.exports.allocate(kind, values.length)
    const view = kinds[kind]
    new view(this.exports.memory.buffer, this.exports.address(buffer), values.length).set(values)
    return buffer
  }

  /** Copies a buffer and releases it. */
  take<T extends Numbers>(buffer: number, view: View<T>): T {
    const { memory, address, length, release } = this.exports
    const copy = new view(memory.buffer, address(buffer), length(buffer)).slice() as T // slice keeps the array's own type
    release(buffer)
    return copy
  }

  answer<T extends Numbers>(at: number, view: View<T>): T {
    return this.take(this.exports.answer(at), view)
  }

  named(thing: Things, name: string): number | null {
    const buffer = this.put(new TextEncoder().encode(name))
    const found = this.exports.named(THINGS.indexOf(thing), buffer)
    this.exports.release(buffer)
    return found === NONE ? null : found
  }

  check(failed: number): void {
    if (failed !== 0) throw new Error(new TextDecoder().decode(this.take(0, Uint8Array)))
  }
}

/** The arrays of samples that are in an instance's memory, and the buffers they are in. */
interface Resident {
  readonly arrays: readonly (Numbers | undefined)[]
  readonly buffers: readonly number[]
}

class WasmSession implements NativeSession {
  private instance: Instance | null
  private resident: Resident | null = null

  constructor(instance: Instance, task: NativeTask, features: number, codebook: Float32Array) {
    this.instance = instance
    const number = (thing: Things, name = task[thing]): number => {
      const found = instance.named(thing, name)
      if (found === null) throw new RangeError(`${thing}: this module has no ${name}`)
      return found
    }
    for (const { metric, weight, columns } of task.layers ?? []) {
      const buffer = instance.put(columns)
      instance.check(instance.exports.layer(number('metric', metric), weight, buffer))
      instance.exports.release(buffer)
    }
    const buffer = instance.put(codebook)
    const { rows, columns } = task
    const [cell, shape, metric, kernel] = [number('cell'), number('shape'), number('metric'), number('kernel')]
    instance.check(instance.exports.open(cell, shape, rows, columns, metric, kernel, features, buffer))
    instance.exports.release(buffer)
  }

  batchEpoch: NativeSession['batchEpoch'] = (rows, radius, cancel, progress) =>
    this.onSamples(rows, cancel, progress, (instance) => {
      instance.check(instance.exports.batch_epoch(radius))
      return report(instance)
    })

  onlineEpoch: NativeSession['onlineEpoch'] = (rows, order, radius, rate, cancel, progress) =>
    this.onSamples(rows, cancel, progress, (instance) => {
      const buffers = [instance.put(order), instance.put(radius), instance.put(rate)] as const
      const failed = instance.exports.online_epoch(...buffers)
      buffers.forEach(instance.exports.release)
      instance.check(failed)
      return report(instance)
    })

  sums: NativeSession['sums'] = (rows, cancel, progress) =>
    this.onSamples(rows, cancel, progress, (instance) => {
      instance.check(instance.exports.sums())
      const [distance, weight] = [instance.exports.number(0), instance.exports.number(1)]
      return { sums: instance.answer(0, Float64Array), counts: instance.answer(1, Float64Array), distance, weight }
    })

  update: NativeSession['update'] = (sums, counts, radius, rate) =>
    this.call(undefined, undefined, (instance) => {
      const buffers = [instance.put(sums), instance.put(counts)] as const
      const failed = instance.exports.update(...buffers, radius, rate)
      buffers.forEach(instance.exports.release)
      instance.check(failed)
    })

  matchRows: NativeSession['matchRows'] = (rows, second, cancel, progress) =>
    this.onSamples(rows, cancel, progress, (instance) => {
      instance.check(instance.exports.match_rows(second ? 1 : 0))
      return {
        unit: instance.answer(0, Int32Array),
        distance: instance.answer(1, Float32Array),
        secondUnit: instance.answer(2, Int32Array),
        secondDistance: instance.answer(3, Float32Array),
      }
    })

  nearestRows: NativeSession['nearestRows'] = (rows, k, cancel, progress) =>
    this.onSamples(rows, cancel, progress, (instance) => {
      instance.check(instance.exports.nearest_rows(k))
      return { unit: instance.answer(0, Int32Array), distance: instance.answer(1, Float32Array) }
    })

  codebook: NativeSession['codebook'] = () =>
    this.call(undefined, undefined, (instance) => {
      instance.check(instance.exports.codebook())
      return instance.answer(0, Float32Array)
    })

  panic(): Promise<void> {
    return this.call(undefined, undefined, () => {
      throw new WebAssembly.RuntimeError('asked to')
    })
  }

  close(): void {
    this.instance = null
  }

  private onSamples<T>(
    rows: NativeRows,
    cancel: NativeCancelToken | null | undefined,
    progress: Progress | null | undefined,
    work: (instance: Instance) => T,
  ): Promise<T> {
    return this.call(cancel, progress, (instance) => {
      this.give(instance, rows)
      return work(instance)
    })
  }

  /** Copies samples into the instance, unless they are already there: a session's own samples come with every call. */
  private give(instance: Instance, rows: NativeRows): void {
    const { data, offsets, indices, values, weights } = rows
    const arrays = [data, offsets, indices, values, weights]
    if (!this.resident?.arrays.every((array, i) => array === arrays[i])) {
      for (const buffer of this.resident?.buffers ?? []) if (buffer !== NONE) instance.exports.release(buffer)
      this.resident = { arrays, buffers: arrays.map((array) => (array ? instance.put(array) : NONE)) }
    }
    const [first, second, third, fourth, fifth] = this.resident.buffers
    instance.exports.give(rows.rows, rows.columns, first, second, third, fourth, fifth)
  }

  private async call<T>(
    cancel: NativeCancelToken | null | undefined,
    progress: Progress | null | undefined,
    work: (instance: Instance) => T,
  ): Promise<T> {
    // Let waiting events run first: a call blocks the thread until it ends.
    await nextTurn()
    const { instance } = this
    if (instance === null) throw new Error('session: already closed; open a new one')
    instance.token = cancel instanceof Token ? cancel : undefined
    instance.progress = progress
    try {
      return work(instance)
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error
      this.instance = null
      throw new Error(`the native backend failed and its session is closed: ${error.message}`)
    }
  }
}

function report({ exports }: Instance): NativeReport {
  return { distance: exports.number(0), weight: exports.number(1) }
}
