import { type Lattice, unitCount } from '@som/core'

/** Rows with a known class: the best-matching unit of each (`match` from core; -1 for none) and its label. */
export interface LabelledRows {
  readonly units: ArrayLike<number>
  readonly labels: readonly string[]
}

/** The number of rows of each class on each unit. */
export interface ClassCounts {
  /** All classes, the most frequent first, alphabetically in ties. */
  readonly classes: readonly string[]
  /** The classes on each unit and their rows, the most frequent first. */
  readonly perUnit: readonly (readonly ClassCount[])[]
}

export interface ClassCount {
  /** Position in `classes`. */
  readonly index: number
  readonly rows: number
}

/**
 * Counts rows by unit and class; an empty label means no class. Throws if a row has no label, or a unit that the map
 * does not have.
 */
export function classCounts(lattice: Lattice, { units, labels }: LabelledRows): ClassCounts {
  if (units.length !== labels.length) {
    throw new RangeError(`labels: expected one for each of ${units.length} rows, found ${labels.length}`)
  }
  const counts = Array.from({ length: unitCount(lattice) }, () => new Map<string, number>())
  const totals = new Map<string, number>()
  for (let i = 0; i < units.length; i++) {
    if (units[i] < 0 || labels[i] === '') continue
    const unit = counts[units[i]]
    if (unit === undefined) {
      throw new RangeError(`units: row ${i + 1}: expected a unit from 0 to ${counts.length - 1}, found ${units[i]}`)
    }
    unit.set(labels[i], (unit.get(labels[i]) ?? 0) + 1)
    totals.set(labels[i], (totals.get(labels[i]) ?? 0) + 1)
  }
  const classes = [...totals].sort(([a, rowsA], [b, rowsB]) => rowsB - rowsA || (a < b ? -1 : 1)).map(([name]) => name)
  const index = new Map(classes.map((name, i) => [name, i]))
  const perUnit = counts.map((unit) =>
    Array.from(unit, ([name, rows]) => ({ index: index.get(name) ?? 0, rows })).sort(
      (a, b) => b.rows - a.rows || a.index - b.index,
    ),
  )
  return { classes, perUnit }
}
