import { random, shuffled } from '../random.ts'

/** Deals rows to folds of nearly one size, in an order drawn by the seed. */
export function foldsOf(rows: number, folds: number, seed: number): Uint8Array {
  const fold = new Uint8Array(rows)
  shuffled(random(seed, 'folds'), rows).forEach((row, place) => {
    fold[row] = place % folds
  })
  return fold
}
