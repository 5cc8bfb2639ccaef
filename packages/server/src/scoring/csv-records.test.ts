import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refused } from '../problem.ts'
import { csvRecords } from './csv-records.ts'

describe('records of CSV', () => {
  it('are the cells of each line that is not empty, however lines end', () => {
    expect(csvRecords('a,b\r\n\r\n1,"2,""x"""\n\n3,', 2).records).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['1', '2,"x"'] },
      { line: 5, cells: ['3', ''] },
    ])
    expect(csvRecords('', 2).records).toEqual([])
    const cell = fc.stringMatching(/^[a-z0-9 ]{1,4}$/)
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 9 })
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, end) => {
        expect(csvRecords(rows.map((row) => row.join(',')).join(end), 9).records.map(({ cells }) => cells)).toEqual(
          rows,
        )
      }),
    )
  })

  it('are counted while they are read: what comes after one too many is not looked at', () => {
    // The last line would be refused for its length.
    const text = `a\n${'1\n'.repeat(3)}${'x'.repeat(2 ** 20 + 1)}`
    expect(() => csvRecords(text, 2)).toThrow(Refused)
    const refusal = (most: number): unknown => {
      try {
        return csvRecords(text, most)
      } catch (error) {
        return error instanceof Refused && error.issues[0].message
      }
    }
    expect([refusal(2), refusal(3), refusal(4)]).toEqual([
      'expected at most 2 rows, found more',
      'expected at most 3 rows, found more',
      'expected lines of at most 1048576 characters',
    ])
  })

  it('hold no more cells than can matter', () => {
    const [, row] = csvRecords(`a,b\n${','.repeat(9000)}`, 5).records
    expect(row.cells).toHaveLength(1002)
    expect(() => csvRecords(','.repeat(200_000), 5)).toThrow(Refused)
  })
})
