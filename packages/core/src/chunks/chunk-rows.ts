/** Numbers of a chunk, at most: 4 MiB in f32. */
const CHUNK_NUMBERS = 2 ** 20

/**
 * Rows of a chunk of rows with so many features. Sums over rows are taken chunk by chunk, so this is part of what
 * defines their bits: see `docs/design/arithmetic.md`.
 */
export const chunkRowsOf = (features: number): number => Math.max(1, Math.floor(CHUNK_NUMBERS / Math.max(1, features)))

/** As `chunkRowsOf`, of rows whose constant features have been left out: these count as they did before. */
export const chunkRowsFor = (fitted: {
  readonly features: readonly unknown[]
  readonly leftOut: readonly unknown[]
}): number => chunkRowsOf(fitted.features.length + fitted.leftOut.length)
