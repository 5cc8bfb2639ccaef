/**
 * The planes in an order that puts those with high absolute correlation (Pearson's, over the units) side by side:
 * starting from the first plane, always the one most similar to the last; the earlier one in a tie. After J. Vesanto,
 * SOM-based data visualization methods, Intelligent Data Analysis 3, 1999.
 */
export function correlationOrder(planes: readonly ArrayLike<number>[]): number[] {
  const left = new Set(planes.keys())
  const order: number[] = []
  for (let next = 0; left.size > 0; ) {
    order.push(next)
    left.delete(next)
    const last = planes[next]
    let most = -1
    for (const i of left) {
      const likeness = Math.abs(correlation(last, planes[i]))
      if (likeness > most) {
        most = likeness
        next = i
      }
    }
  }
  return order
}

/** Pearson's correlation over the units at which both values are finite; 0 if either does not vary. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const both = Array.from(a, (_, i) => i).filter((i) => Number.isFinite(a[i]) && Number.isFinite(b[i]))
  const meanA = both.reduce((sum, i) => sum + a[i], 0) / both.length
  const meanB = both.reduce((sum, i) => sum + b[i], 0) / both.length
  let products = 0
  let squaresA = 0
  let squaresB = 0
  for (const i of both) {
    products += (a[i] - meanA) * (b[i] - meanB)
    squaresA += (a[i] - meanA) ** 2
    squaresB += (b[i] - meanB) ** 2
  }
  const r = products / Math.sqrt(squaresA * squaresB)
  return Number.isFinite(r) ? r : 0
}
