import type { Matrix } from '@som/core'

/** How many typical and how many extreme rows a segment shows. */
const SHOWN = 3

/** Rows of a segment, by position: those nearest to its mean and those farthest from it, most extreme first. */
export interface Members {
  readonly typical: readonly number[]
  readonly extreme: readonly number[]
}

/**
 * The typical and extreme rows of a segment. Distances are on the scale of the map, over the features that a row has;
 * the first row wins a tie.
 */
export function membersOf(rows: Matrix, members: readonly number[]): Members {
  const { columns, data } = rows
  const mean = new Float64Array(columns)
  const count = new Float64Array(columns)
  const each = (use: (x: number, f: number) => void, row: number): void => {
    for (let f = 0; f < columns; f++) {
      const x = data[row * columns + f]
      if (!Number.isNaN(x)) use(x, f)
    }
  }
  for (const row of members) {
    each((x, f) => {
      mean[f] += (x - mean[f]) / ++count[f]
    }, row)
  }
  const away = new Map(
    members.map((row) => {
      let [sum, present] = [0, 0]
      each((x, f) => {
        sum += (x - mean[f]) ** 2
        present++
      }, row)
      return [row, sum / present] as const
    }),
  )
  const distance = (row: number): number => away.get(row) ?? 0
  const typical = members.toSorted((a, b) => distance(a) - distance(b) || a - b).slice(0, SHOWN)
  const others = members.filter((row) => !typical.includes(row))
  return { typical, extreme: others.toSorted((a, b) => distance(b) - distance(a) || a - b).slice(0, SHOWN) }
}
