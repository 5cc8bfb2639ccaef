import { type Backend, partialFit, type Som } from '@som/core'

/** Rows between two lessons: a map that has not moved in between gives all of them the same judge. */
export const LESSON = 256

/** What an adapted map has become, as far as the file it came from does not say. Plain data. */
export interface AdaptedState {
  /** The codebook as base64 of little-endian f32. */
  readonly codebook: string
  readonly streamed: number
  /** Normal rows since the last lesson: features in the user's units, null where missing. */
  readonly pending: readonly (readonly (number | null)[])[]
}

/** Goes on learning from rows that are normal beyond doubt. What was flagged never gets here. */
export class Adaptation {
  som: Som
  private pending: (number | null)[][] = []

  constructor(som: Som, state?: AdaptedState) {
    this.som = state === undefined ? som : restored(som, state)
    this.pending = state?.pending.map((row) => [...row]) ?? []
  }

  take(values: Float64Array): void {
    this.pending.push(Array.from(values, (x) => (Number.isNaN(x) ? null : x)))
  }

  /** Learns what was taken; whether the map has moved. */
  async lesson(backend: Backend): Promise<boolean> {
    if (this.pending.length === 0) return false
    const features = this.som.features.map(({ name }) => name)
    const data = Float64Array.from(this.pending.flat(), (x) => x ?? Number.NaN)
    const learnt = await partialFit(this.som, { features, rows: this.pending.length, data }, {}, { backend })
    if (learnt.isErr) throw new Error(`a row that was normal could not be learnt: ${JSON.stringify(learnt.error)}`)
    this.som = learnt.value
    this.pending = []
    return true
  }

  snapshot(): AdaptedState {
    const { data } = this.som.codebook
    const bytes = new Uint8Array(data.length * 4)
    const view = new DataView(bytes.buffer)
    data.forEach((x, i) => void view.setFloat32(i * 4, x, true))
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    return { codebook: btoa(text), streamed: this.som.training.streamed ?? 0, pending: this.pending }
  }
}

function restored(som: Som, { codebook, streamed }: AdaptedState): Som {
  const bytes = Uint8Array.from(atob(codebook), (letter) => letter.charCodeAt(0))
  const { rows, columns } = som.codebook
  if (bytes.length !== rows * columns * 4) throw new RangeError('the state belongs to another map')
  const view = new DataView(bytes.buffer)
  const data = Float32Array.from({ length: rows * columns }, (_, i) => view.getFloat32(i * 4, true))
  return { ...som, codebook: { rows, columns, data }, training: { ...som.training, streamed } }
}
