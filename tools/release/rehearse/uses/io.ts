// Reads a table, writes the map of it, and reads that again.
import { train } from '@som/core'
import { openTable, type Problem, readModel, readSamples, selectColumns, writeModel } from '@som/io'

function fail(problem: Problem | readonly unknown[]): never {
  throw new Error(JSON.stringify(problem))
}

const table = (await openTable('table.csv')).unwrapOrElse(fail)
const selection = selectColumns(table, { label: 'kind' }).unwrapOrElse(fail)
const samples = (await readSamples(table, selection)).unwrapOrElse(fail)
table.close()
const som = (await train({ samples, lattice: { rows: 2, columns: 3 } })).unwrapOrElse(fail)
await writeModel('map.som', som)
const again = (await readModel('map.som')).unwrapOrElse(fail)
console.log(again.features.map(({ name }) => name).join(' '))
