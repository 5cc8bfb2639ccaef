import type { Matrix } from '@som/core'

/** How many typical and how many extreme rows a segment shows. */
const SHOWN = 3

/** Rows of a segment, by position: those nearest to its mean and those farthest from it, most extreme first. */
export interface Members {
  readonly typical: readonly number[]
  readonly extreme: readonly number[]
}

/**
 * The typical and extreme rows of each group, in one pass over all rows; `of` is the group of each, below 0 for none.
 * Distances from the group's mean are on the scale of the map, over the features that a row has; the first row wins a
 * tie.
 */
export function membersOf(
  { rows, columns, data }: Matrix,
  of: ArrayLike<number>,
  means: readonly Float64Array[],
): Members[] {
  // As many more of the extreme rows as may turn out to be typical.
  const nearest = means.map(() => new Foremost(SHOWN))
  const farthest = means.map(() => new Foremost(2 * SHOWN))
  for (let row = 0, at = 0; row < rows; row++, at += columns) {
    const group = of[row]
    if (group < 0) continue
    const mean = means[group]
    let [sum, present] = [0, 0]
    for (let f = 0; f < columns; f++) {
      const d = data[at + f] - mean[f]
      if (Number.isNaN(d)) continue
      sum += d * d
      present++
    }
    nearest[group].see(row, sum / present)
    farthest[group].see(row, -sum / present)
  }
  return nearest.map((near, group) => {
    const typical = near.rows
    const extreme = farthest[group].rows.filter((row) => !typical.includes(row)).slice(0, SHOWN)
    return { typical, extreme }
  })
}

/** The rows with the lowest values among those seen, in their order; of those that tie, the first. */
class Foremost {
  readonly #most: number
  readonly #values: number[] = []
  readonly rows: number[] = []

  constructor(most: number) {
    this.#most = most
  }

  see(row: number, value: number): void {
    const full = this.rows.length === this.#most
    if (full && !(value < this.#values[this.#most - 1])) return
    const place = this.#values.findIndex((other) => value < other)
    const at = place < 0 ? this.rows.length : place
    this.rows.splice(at, 0, row)
    this.#values.splice(at, 0, value)
    if (!full) return
    this.rows.pop()
    this.#values.pop()
  }
}
