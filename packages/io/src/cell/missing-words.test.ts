import { expect, it } from 'vitest'
import { isWord, missingWords } from './missing-words.ts'

const words = missingWords([' gone ', '-999', '1e3', 'NaN', 'inf'])

it('a word is found with any spaces around it, but not in another case', () => {
  expect(['gone', ' gone\t', 'Gone', 'gon', ''].map((cell) => isWord(cell, words))).toEqual([
    ...[true, true, false, false, false],
  ])
})

it('a word that is a number is found however the number is written, in text or not', () => {
  for (const cell of [-999, -999n, '-999', '-999.0', ' -9.99e2 ', 1000, '1000']) expect(isWord(cell, words)).toBe(true)
  for (const cell of [999, '999', '-999x', '-999,0']) expect(isWord(cell, words)).toBe(false)
})

it('only finite numbers count as numbers, and only text and numbers are words', () => {
  for (const cell of [Number.NaN, Number.POSITIVE_INFINITY, 'Infinity', 'null', null, undefined, true])
    expect(isWord(cell, words)).toBe(false)
  expect([...words.numbers]).toEqual([-999, 1000])
})

it('without words there are none', () => {
  const none = missingWords()
  expect(['', 'NA', -999, null].some((cell) => isWord(cell, none))).toBe(false)
})
