import { tableFromArrays, tableToIPC } from 'apache-arrow'
import { expect, it } from 'vitest'
import { openTable, readSamples, selectColumns } from './index.ts'

it('a page reads what its visitor chose as samples, with nothing of Node', async () => {
  const csv = new File(['x,y,kind\n1,2.5,a\n3,NA,b\n'], 'table.csv')
  const arrow = new File(
    [Uint8Array.from(tableToIPC(tableFromArrays({ x: Float64Array.of(1, 3), y: Float64Array.of(2.5, Number.NaN) })))],
    'table.arrow',
  )
  for (const file of [csv, arrow]) {
    const table = (await openTable(file)).unwrapOrElse((problem) => {
      throw new Error(JSON.stringify(problem))
    })
    const selection = selectColumns(table).unwrapOr({ features: [], leftOut: [] })
    const samples = await readSamples(table, selection)
    expect(samples.isOk && samples.value.features).toEqual(['x', 'y'])
    expect(samples.isOk && [...samples.value.data]).toEqual([1, 2.5, 3, Number.NaN])
  }
})
