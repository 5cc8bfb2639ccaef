import { expect, test } from 'vitest'
import { cases } from './cases.ts'
import { chosenCases } from './chosen.ts'
import { readOptions } from './options.ts'

function named(...args: string[]): string[] {
  const chosen = chosenCases(readOptions(args))
  return 'unknown' in chosen ? ['unknown', ...chosen.unknown] : chosen.map(({ name }) => name)
}

test('all cases are run where nothing is requested, and those named in their own order', () => {
  expect(named()).toEqual(cases.map(({ name }) => name))
  expect(named('w3', 'w2')).toEqual(['w2', 'w3'])
})

test('sizes alone are a case of their own', () => {
  expect(named('--rows', '100', '--features', '3', '--units', '25')).toEqual(['own'])
  expect(named('w2', '--rows', '100')).toEqual(['w2'])
})

test('drawn cases are the same ones for the same seed', () => {
  expect(named('--drawn', '3', '--seed', '7')).toEqual(['drawn-7-1', 'drawn-7-2', 'drawn-7-3'])
})

test('a name that is not a case is reported', () => {
  expect(named('w2', 'w22')).toEqual(['unknown', 'w22'])
})
