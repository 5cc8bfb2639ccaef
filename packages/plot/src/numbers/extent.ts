/** Least and greatest of the finite values; NaN both where there is none. */
export function extentOf(values: ArrayLike<number>): { least: number; greatest: number } {
  let least = Number.POSITIVE_INFINITY
  let greatest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue
    if (values[i] < least) least = values[i]
    if (values[i] > greatest) greatest = values[i]
  }
  return least <= greatest ? { least, greatest } : { least: Number.NaN, greatest: Number.NaN }
}
