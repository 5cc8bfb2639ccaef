import type { Som } from '@som/core'
import type { ColumnData } from '../table/table-data.ts'
import { type Chosen, columnsOf, trainOptionsOf } from './options.ts'

/** The program in TypeScript that trains the same map. */
export function programOf(
  table: string,
  chosen: Chosen,
  columns: readonly Pick<ColumnData, 'name' | 'kind'>[],
  { lattice }: Pick<Som, 'lattice'>,
): string {
  const map = `${table.replace(/\.[^./\\]+$/, '')}.som`
  // The size that the rows gave, as in the command.
  const options = trainOptionsOf({ ...chosen, rows: lattice.rows, across: lattice.columns })
  return `import { train } from '@som/core'
import { openTable, readSamples, selectColumns, writeModel } from '@som/io'

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}

const table = (await openTable(${literal(table)})).unwrapOrElse(fail)
const selection = selectColumns(table, ${literal(columnsOf({ columns }, chosen))}).unwrapOrElse(fail)
const samples = (await readSamples(table, selection)).unwrapOrElse(fail)
table.close()
const som = (await train({ samples, ${literal(options).slice(2, -2)} })).unwrapOrElse(fail)
;(await writeModel(${literal(map)}, som)).unwrapOrElse(fail)
`
}

/** A value as the language writes it. */
function literal(value: unknown): string {
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const parts = Object.entries(value).map(([name, of]) => `${isName(name) ? name : literal(name)}: ${literal(of)}`)
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
}

const isName = (text: string): boolean => /^[A-Za-z_$][\w$]*$/.test(text)
