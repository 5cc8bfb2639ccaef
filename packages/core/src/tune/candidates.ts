import { random, shuffled } from '../random.ts'

/** The settings of one trial: everything else is as the caller chose. */
export interface Candidate {
  readonly rows: number
  readonly columns: number
  readonly epochs: number
  /** Radius in units, at the start and at the end. */
  readonly start: number
  readonly end: number
}

const SIZES = [0.25, 0.5, 1, 2, 4]
const EPOCHS = [10, 20, 40]
const STARTS = [1 / 2, 1 / 4]
const ENDS = [0.5, 0.8, 1.1]

/** Every combination in an order drawn by the seed, after `usual`, the default. */
export function candidates(usual: Candidate, isFixed: boolean, seed: number): Candidate[] {
  const all = (isFixed ? [1] : SIZES).flatMap((size) =>
    EPOCHS.flatMap((epochs) => STARTS.flatMap((start) => ENDS.map((end) => ({ size, epochs, start, end })))),
  )
  const drawn = Array.from(shuffled(random(seed, 'tune'), all.length), (i) => all[i])
  const others = drawn.map(({ size, epochs, start, end }) => {
    const rows = isFixed ? usual.rows : sideOf(usual.rows, size)
    const columns = isFixed ? usual.columns : sideOf(usual.columns, size)
    return { rows, columns, epochs, start: Math.max(1, start * Math.max(rows, columns)), end }
  })
  return [usual, ...others]
}

/** A side of a map with `size` times the units; even, so that it suits any shape and cell. */
function sideOf(side: number, size: number): number {
  return size === 1 ? side : Math.max(2, 2 * Math.round((side * Math.sqrt(size)) / 2))
}
