import { random, shuffled } from '../random.ts'

/** Rows of one fold: those to train on and those to measure on, each in the order drawn. */
export interface Fold {
  readonly trained: Uint32Array
  readonly heldOut: Uint32Array
}

/**
 * `repeats` times a share of the rows held out. Each row is held out once before any is again, so that a quarter four
 * times is cross-validation.
 */
export function foldsOf(rows: number, share: number, repeats: number, seed: number): Fold[] {
  // Two rows at least are left to train on.
  const cut = Math.min(rows - 2, Math.max(1, Math.round(share * rows)))
  const inRound = Math.floor(rows / cut)
  return Array.from({ length: repeats }, (_, repeat) => {
    const order = shuffled(random(seed, 'held out', Math.floor(repeat / inRound)), rows)
    const from = (repeat % inRound) * cut
    const trained = new Uint32Array(rows - cut)
    trained.set(order.subarray(0, from))
    trained.set(order.subarray(from + cut), from)
    return { trained, heldOut: order.subarray(from, from + cut) }
  })
}
