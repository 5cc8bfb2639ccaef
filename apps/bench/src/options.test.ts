import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test('sizes, seed and threads come from the command line', () => {
  const options = readOptions(['w2', 'w3', '--map', '10x20', '--rows', '500', '--seed', '0', '--threads', '1'])
  expect(options).toMatchObject({ cases: ['w2', 'w3'], map: [10, 20], rows: 500, seed: 0, threads: 1, repeats: 3 })
})

test('a number of units is a map of exactly so many, as near to a square as can be', () => {
  expect(readOptions(['--units', '2500']).map).toEqual([50, 50])
  expect(readOptions(['--units', '12']).map).toEqual([3, 4])
  expect(readOptions(['--units', '7']).map).toEqual([1, 7])
  expect(readOptions(['--units', '5x9']).map).toEqual([5, 9])
})

test('"none" leaves all peers out', () => {
  expect(readOptions(['--peers', 'none']).peers).toEqual([])
  expect(readOptions([]).peers).toBeUndefined()
})

test.each([
  [['--rows', '0'], '--rows: expected an integer of at least 1, found "0"'],
  [['--map', 'ten'], '--map: expected rows x columns such as 50x50, or a number, found "ten"'],
  [['--units', '0'], '--units: expected rows x columns such as 50x50, or a number, found "0"'],
  [['--docs', '--reuse-peers'], '--docs: all of its times are of one run; leave out --reuse-peers'],
  [['--scale', '0'], '--scale: expected a number above 0, found "0"'],
])('%s is refused with what was found', (args, message) => {
  expect(() => readOptions(args)).toThrow(message)
})
