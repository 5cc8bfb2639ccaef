import type { Card } from './card.ts'
import type { FormName } from './forms.ts'
import { ROWS, settle } from './wgsl/settle.ts'
import { shortlist, TILE } from './wgsl/shortlist.ts'

/** Some of the rows in a buffer, and the codebook they are compared with. */
export interface Compared {
  readonly form: FormName
  /** From `ratioOf`. */
  readonly ratio: number
  readonly second: boolean
  /** Whether a value of the rows may be missing. */
  readonly holes: boolean
  readonly x: GPUBuffer
  /** The first of the rows within `x`. */
  readonly first: number
  readonly rows: number
  readonly w: GPUBuffer
  readonly units: number
  readonly features: number
}

/** The nearest units of rows, then the second nearest if they were wanted. */
export interface Settled {
  /** `LEFT` for a row that the shortlist does not settle. */
  readonly units: Uint32Array
  /** By which units are compared, in f64. */
  readonly sums: Float64Array
}

/** Room for the rounding of the ratio to f32 and of one product with it. */
const ROUNDED = 1 + 2 ** -21

/** Shortlists of rows, settled by the definition, all on the card. */
export async function compareOn(card: Card, compared: Compared): Promise<Settled> {
  const { form, ratio, second, holes, x, first, rows, w, units, features } = compared
  const [listed, sums, guards, settledUnits, settledSums] = [16, 16, 4, 8, 16].map((each) => card.storage(each * rows))
  try {
    const ofShortlist = { code: shortlist(form, holes), entryPoint: 'shortlist' }
    const shape = Uint32Array.of(first, rows, units, features)
    await card.run(ofShortlist, shape, [x, w, listed, sums, guards], Math.ceil(rows / TILE))
    const ofSettle = { code: settle(form), entryPoint: 'settle' }
    const ratioBits = new Uint32Array(Float32Array.of(ratio * ROUNDED).buffer)[0]
    const numbers = Uint32Array.of(first, rows, features, ratioBits, second ? 1 : 0)
    const buffers = [x, w, listed, sums, guards, settledUnits, settledSums]
    await card.run(ofSettle, numbers, buffers, Math.ceil(rows / ROWS))
    const wanted = (second ? 2 : 1) * rows
    const [unit, sum] = await card.read<[Uint32Array, Float64Array]>(
      { buffer: settledUnits, bytes: 4 * wanted, as: Uint32Array },
      { buffer: settledSums, bytes: 8 * wanted, as: Float64Array },
    )
    return { units: unit, sums: sum }
  } finally {
    for (const buffer of [listed, sums, guards, settledUnits, settledSums]) buffer.destroy()
  }
}
