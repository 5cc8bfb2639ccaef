import type { Som } from '../../som.ts'
import type { CellColumn } from '../answers.ts'
import type { Imputations } from './impute.ts'

/**
 * The columns that a map can fill in, each with the name of the table's column and the cells of rows where it was
 * missing: numbers to seven digits, as many as prototypes have, and the levels of categories. Times are not filled in.
 */
export function imputationColumns({ features }: Pick<Som, 'features'>): CellColumn<Imputations>[] {
  const columns: CellColumn<Imputations>[] = []
  const width = features.length
  const seen = new Set<string>()
  features.forEach(({ name, source }, f) => {
    if (source === undefined) {
      columns.push({
        name,
        kind: 'number',
        fill({ values }, into) {
          for (let i = 0; i < into.length; i++) into[i] = Number(values[i * width + f].toPrecision(DIGITS))
        },
      })
      return
    }
    if (!('level' in source) || seen.has(source.column)) return
    seen.add(source.column)
    const { column } = source
    const levels = features.flatMap((one, at) =>
      one.source && 'level' in one.source && one.source.column === column ? [{ at, level: one.source.level }] : [],
    )
    columns.push({
      name: column,
      kind: 'text',
      levels: levels.map(({ level }) => level),
      fill({ values }, into) {
        for (let i = 0; i < into.length; i++) into[i] = levels.findIndex(({ at }) => values[i * width + at] === 1)
      },
    })
  })
  return columns
}

const DIGITS = 7
