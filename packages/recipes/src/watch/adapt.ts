import { type Matrix, matrix, type Som, streamStep } from '@som/core'
import type { Session } from '@som/core/backend'
import { preprocessed } from './rows.ts'

/** Rows between two lessons: the map does not move in between, so it judges all of them alike. */
export const LESSON = 256

/** The changes of an adapted map since its file. Plain data. */
export interface AdaptedState {
  /** The codebook as base64 of little-endian f32. */
  readonly codebook: string
  readonly streamed: number
  /** Normal rows since the last lesson: features in the user's units, null for a missing one. */
  readonly pending: readonly (readonly (number | null)[])[]
}

/**
 * Keeps learning from clearly normal rows, with the same bits as `partialFit`. Flagged rows never get here. One session
 * serves all lessons of a call: its rows are those waiting for their lesson, followed by those of the call.
 */
export class Adaptation {
  som: Som
  /** Features of the waiting rows, in the user's units. */
  private pending: Float64Array
  /** Rows to learn, by position among the waiting rows and those of the call. */
  private taken: number[] = []

  constructor(som: Som, state?: AdaptedState) {
    this.som = state === undefined ? som : restored(som, state)
    this.pending = Float64Array.from(state?.pending.flat() ?? [], (x) => x ?? Number.NaN)
  }

  /** Starts a call. */
  begin(): void {
    this.taken = Array.from({ length: this.waiting }, (_, i) => i)
  }

  /** The rows of a session for this call's lessons: `prepared` are those of the call. */
  resident(prepared: Matrix): Matrix {
    const { data } = preprocessed(this.som, this.pending, this.waiting)
    const all = matrix(this.waiting + prepared.rows, prepared.columns)
    all.data.set(data)
    all.data.set(prepared.data, data.length)
    return all
  }

  /** Marks row `i` of the call for learning. */
  take(i: number): void {
    this.taken.push(this.waiting + i)
  }

  /** Learns the marked rows, in a session of `resident` rows. */
  async lesson(session: Session): Promise<void> {
    if (this.taken.length === 0) return
    const { training } = this.som
    const seen = training.streamed ?? 0
    await session.epoch(streamStep(this.som, seen, Uint32Array.from(this.taken)))
    const streamed = seen + this.taken.length
    this.som = { ...this.som, codebook: await session.codebook(), training: { ...training, streamed } }
    this.taken = []
  }

  /** Ends a call: marked rows that were not learnt wait. `values` are the features of its rows in the user's units. */
  end(values: Float64Array): void {
    const width = this.som.features.length
    const before = this.waiting
    const kept = new Float64Array(this.taken.length * width)
    this.taken.forEach((row, at) => {
      const [from, place] = row < before ? [this.pending, row] : [values, row - before]
      kept.set(from.subarray(place * width, (place + 1) * width), at * width)
    })
    this.pending = kept
    this.taken = []
  }

  snapshot(): AdaptedState {
    const { data } = this.som.codebook
    const bytes = new Uint8Array(data.length * 4)
    const view = new DataView(bytes.buffer)
    data.forEach((x, i) => void view.setFloat32(i * 4, x, true))
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    const width = this.som.features.length
    const pending = Array.from({ length: this.waiting }, (_, i) =>
      Array.from(this.pending.subarray(i * width, (i + 1) * width), (x) => (Number.isNaN(x) ? null : x)),
    )
    return { codebook: btoa(text), streamed: this.som.training.streamed ?? 0, pending }
  }

  private get waiting(): number {
    return this.pending.length / this.som.features.length
  }
}

function restored(som: Som, { codebook, streamed }: AdaptedState): Som {
  const bytes = Uint8Array.from(atob(codebook), (letter) => letter.charCodeAt(0))
  const { rows, columns } = som.codebook
  if (bytes.length !== rows * columns * 4) throw new RangeError('the state belongs to another map')
  const view = new DataView(bytes.buffer)
  const data = Float32Array.from({ length: rows * columns }, (_, i) => view.getFloat32(i * 4, true))
  // Models of targets belong to prototypes that have moved.
  const { targets: _, ...rest } = som
  return { ...rest, codebook: { rows, columns, data }, training: { ...som.training, streamed } }
}
