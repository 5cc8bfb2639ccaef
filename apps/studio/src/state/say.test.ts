import { expect, it } from 'vitest'
import { wordsOf } from './say.ts'

it.each([
  'Failed to fetch',
  'Failed to fetch dynamically imported module: http://127.0.0.1:1/assets/a.js',
  'NetworkError when attempting to fetch resource.',
  'Load failed',
])('a server that does not answer is named as such: %s', (words) => {
  expect(wordsOf(new TypeError(words))).toMatch(/^the server of this page does not answer/)
})

it('anything else stays as it is', () => {
  expect(wordsOf(new Error('a.csv: expected a table, found an empty file'))).toBe(
    'a.csv: expected a table, found an empty file',
  )
  expect(wordsOf('ended')).toBe('ended')
})
