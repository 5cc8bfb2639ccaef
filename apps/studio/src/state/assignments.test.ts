import { tableFromIPC } from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import type { TableData } from '../table/table-data.ts'
import { assignedColumns, csvOf } from './assignments.ts'
import { arrowOf } from './typed-files.ts'

const base = { missing: 0, leftOut: null, numbers: null, codes: null, levels: [] }
const table: Pick<TableData, 'columns'> = {
  columns: [
    { ...base, name: 'unit', kind: 'number', numbers: Float64Array.of(0.1 + 0.2, Number.NaN, -5) },
    { ...base, name: 'said', kind: 'text', codes: Int32Array.of(1, -1, 0), levels: ['a "b"', 'c,d'] },
    { ...base, name: 'ok', kind: 'boolean', numbers: Float64Array.of(1, 0, Number.NaN) },
    { ...base, name: 'when', kind: 'time', numbers: Float64Array.of(0, 1.5, Number.NaN) },
  ],
}
const clusters = { method: 'x', count: 1, of: Int32Array.of(0, -1), names: ['north'], seed: 0 }
const onMap = { unit: Int32Array.of(0, -1, 1), distance: Float32Array.of(0.5, Number.NaN, 2), clusters }
const columns = assignedColumns(table, onMap)

describe('rows with their units', () => {
  it('as CSV: all digits, quotes where they are needed, nothing for a row on no unit', () => {
    expect(csvOf(columns, 3).split('\n')).toEqual([
      'unit,said,ok,when,som_unit,distance,cluster,cluster_name',
      '0.30000000000000004,"c,d",true,1970-01-01 00:00:00,0,0.5,1,north',
      ',,false,1970-01-01 00:00:01.500,,,,',
      '-5,"a ""b""",,,1,2,-1,unclustered',
      '',
    ])
  })

  it('as Arrow: values of their kinds, null for what is missing', async () => {
    const found = tableFromIPC(await arrowOf(columns, 3))
    expect(found.schema.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
      ...['unit Float64', 'said Utf8', 'ok Bool', 'when Timestamp<MILLISECOND>'],
      ...['som_unit Int32', 'distance Float32', 'cluster Int32', 'cluster_name Utf8'],
    ])
    expect(found.toArray().map((row) => Object.values(row?.toJSON() ?? {}))).toEqual([
      [0.30000000000000004, 'c,d', true, 0, 0, 0.5, 1, 'north'],
      [null, null, false, 1500, null, null, null, null],
      [-5, 'a "b"', null, null, 1, 2, -1, 'unclustered'],
    ])
  })
})
