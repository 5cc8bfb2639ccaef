import type { Card } from './card.ts'
import type { FormName } from './forms.ts'
import { shortlist as shader, TILE, WORKGROUPS } from './wgsl/shortlist.ts'

/** The units that could be nearest, for each of some rows; see `docs/design/gpu.md`. */
export interface Shortlist {
  /** rows × 4, nearest first by the card's sums; above the number of units where a map has fewer than four. */
  readonly units: Uint32Array
  /** rows × 4, of these units. */
  readonly sums: Float32Array
  /** The sum of the nearest unit that is not among the four. */
  readonly guards: Float32Array
}

/** Some of the rows in a buffer, and the codebook they are compared with. */
export interface Compared {
  readonly x: GPUBuffer
  readonly first: number
  readonly rows: number
  readonly w: GPUBuffer
  readonly units: number
  readonly features: number
}

export async function shortlistOn(card: Card, form: FormName, compared: Compared): Promise<Shortlist> {
  const { x, first, rows, w, units, features } = compared
  const [ofUnits, ofSums, ofGuards] = [16 * rows, 16 * rows, 4 * rows].map((bytes) => card.storage(bytes))
  try {
    const kernel = { code: shader(form), entryPoint: 'shortlist' }
    const groups = Math.ceil(rows / TILE)
    const numbers = Uint32Array.of(first, rows, units, features)
    await card.run(
      kernel,
      numbers,
      [x, w, ofUnits, ofSums, ofGuards],
      [Math.min(groups, WORKGROUPS), Math.ceil(groups / WORKGROUPS)],
    )
    const [unit, sum, guard] = await card.read<[Uint32Array, Float32Array, Float32Array]>(
      { buffer: ofUnits, bytes: 16 * rows, as: Uint32Array },
      { buffer: ofSums, bytes: 16 * rows, as: Float32Array },
      { buffer: ofGuards, bytes: 4 * rows, as: Float32Array },
    )
    return { units: unit, sums: sum, guards: guard }
  } finally {
    for (const buffer of [ofUnits, ofSums, ofGuards]) buffer.destroy()
  }
}
