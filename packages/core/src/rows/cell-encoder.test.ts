import { describe, expect, it } from 'vitest'
import { cellEncoder } from './cell-encoder.ts'

const encoder = cellEncoder([
  { name: 'kind=a', source: { column: 'kind', level: 'a' } },
  { name: 'size' },
  { name: 'kind=b', source: { column: 'kind', level: 'b' } },
  { name: 'when', source: { column: 'when', time: 'days' } },
  { name: 'when day-cosine', source: { column: 'when', time: 'day-cosine' } },
])

function encoded(...cells: unknown[]) {
  const into = new Float64Array(5)
  const wrong: string[] = []
  encoder.encode(
    (c) => cells[c],
    into,
    0,
    (column, expected) => wrong.push(`${column}: ${expected}`),
  )
  return { numbers: [...into], wrong }
}

describe('cellEncoder', () => {
  it('names each column once, in the order in which features need them', () => {
    expect(encoder.columns).toEqual(['kind', 'size', 'when'])
  })

  it('makes features of a category, a number and a time', () => {
    expect(encoded(' b ', 3, '1970-01-03T12:00')).toEqual({ numbers: [0, 3, 1, 2.5, -1], wrong: [] })
    expect(encoded('a', true, new Date(86_400_000)).numbers).toEqual([1, 1, 0, 1, 1])
    expect(encoded('a', 1, '1970-01-02 02:00:00+02:00').numbers[3]).toBe(1)
  })

  it('takes a missing cell, and a level that is new, as missing', () => {
    expect(encoded(null, undefined, null)).toEqual({ numbers: [NaN, NaN, NaN, NaN, NaN], wrong: [] })
    expect(encoded('c', 1, '1970-01-01').numbers).toEqual([NaN, 1, NaN, 0, 1])
  })

  it('says what a cell should have been', () => {
    const { wrong } = encoded({}, 'x', 12)
    expect(wrong).toEqual([
      'kind: text or null',
      'size: a number or null',
      'when: a date or time such as 2024-05-01T12:00:00Z, or null',
    ])
    expect(encoded('a', Number.POSITIVE_INFINITY, '2024-13-45').wrong).toHaveLength(2)
  })
})
