import { expect, it } from 'vitest'
import type { Column } from '../table.ts'
import { withIndex, withUnnamedFirst } from './index-column.ts'

const column = (name: string): Column => ({ name, kind: 'number' }) as Column
/** The names of those columns that are taken for the index of a data frame. */
const indexOf = (names: readonly string[], metadata?: string | null): string[] =>
  withIndex(names.map(column), metadata)
    .filter(({ names }) => names === 'the index of a data frame')
    .map(({ name }) => name)

it('columns that pandas names so are its index, those with more before or after are not', () => {
  const index = ['__index_level_0__', '__index_level_12__', 'Unnamed: 0', 'Unnamed: 10', 'Unnamed: 0_level_12']
  const others = [
    'x__index_level_0__',
    '__index_level_0__x',
    '__index_level_x__',
    'Unnamed: ',
    'Unnamed: 0_level_',
    'a',
  ]
  expect(indexOf([...index, ...others])).toEqual(index)
})

it('columns that the file names its index are, and metadata that is none names nothing', () => {
  expect(indexOf(['a', 'b'], JSON.stringify({ index_columns: ['b', 3, { kind: 'range' }] }))).toEqual(['b'])
  for (const metadata of ['{', '{"index_columns": "b"}', '{}', '', null, undefined])
    expect(indexOf(['a', 'b'], metadata)).toEqual([])
})

it('the first column is an index where the header has no name for it and other columns follow', () => {
  const isIndex = (names: readonly string[], cell?: string): boolean =>
    withUnnamedFirst(names.map(column), cell).some(({ names }) => names !== undefined)
  expect([isIndex(['a', 'b'], ''), isIndex(['a', 'b'], ' ')]).toEqual([true, true])
  expect([isIndex(['a', 'b'], 'x'), isIndex(['a', 'b']), isIndex(['a'], ''), isIndex([], '')]).toEqual(
    new Array(4).fill(false),
  )
  const columns = ['a', 'b'].map(column)
  expect(withUnnamedFirst(columns, 'x')).toEqual(columns)
})
