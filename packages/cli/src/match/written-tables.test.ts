import { expect, test } from 'vitest'
import { som } from '../../test/harness.ts'
import { mappedRows } from '../../test/mapped-rows.ts'

const at = mappedRows()

test.each(['parquet', 'json', 'ndjson', 'tsv'])('writes .%s, which is read back as it was', async (kind) => {
  const { code, err } = await som('match', at('map.som'), at('rows.csv'), '-o', at(`out.${kind}`), '--backend', 'js')
  expect([code, err]).toEqual([0, ''])
  // Its own columns are features again, and the kind with its quote and comma is still there.
  const again = await som('match', at('map.som'), at(`out.${kind}`), '--prefix', 'again_', '--backend', 'js')
  const [header, first] = again.out.split('\n')
  expect(header).toMatch(/^length,width,kind,unit,.*p_value,again_unit,/)
  expect(first).toContain(',"kind <0>, ""x""",')
  const cells = first.replace(/"[^,]*, ""x"""/, 'kind').split(',')
  expect(cells.slice(9, 12)).toEqual(cells.slice(3, 6))
})
