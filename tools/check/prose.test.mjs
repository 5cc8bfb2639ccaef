import { expect, test } from 'vitest'
import { faultsOf, phrases } from './prose.mjs'

test('a turn of phrase is found with a plainer one, across the lines of a comment too', () => {
  const text = '/**\n * Reports what is said\n * of rows.\n */\n// Reads it anew.\n'
  expect(faultsOf(text, true).map(({ line, found }) => `${line} ${found}`)).toEqual([
    '2 "what is said of"',
    '2 "is said"',
    '5 "anew"',
  ])
  expect(faultsOf(text, true).every(({ say }) => say.length > 0)).toBe(true)
})

test('a comment ends where code does, and an address may be longer', () => {
  const long = 'x'.repeat(120)
  expect(faultsOf(`// ${long}\n`, true).map(({ line }) => line)).toEqual([1])
  expect(faultsOf(`// https://example.org/${long}\n${long}${long}\n`, true)).toEqual([])
  expect(faultsOf(`${long}${long}\n`, false)).toEqual([])
})

test('plain sentences have no fault', () => {
  const plain = 'There is no column of this name. If there are none, the first one is used; no longer than needed.'
  expect(faultsOf(plain, false)).toEqual([])
  expect(phrases.length).toBeGreaterThan(20)
})
