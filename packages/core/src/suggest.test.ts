import { expect, test } from 'vitest'
import { suggest } from './suggest.ts'

const OPTIONS = ['--output', '--rows', '--columns', '--seed', '--second']

test('the nearest by letters is meant, and nothing that is far away', () => {
  expect(suggest('--coloumns', OPTIONS)).toBe('--columns')
  expect(suggest('--SEED', OPTIONS)).toBe('--seed')
  expect(suggest('--nothing', OPTIONS)).toBeUndefined()
})

test('the only one that begins with it is meant, and none of several', () => {
  expect(suggest('--out', OPTIONS)).toBe('--output')
  expect(suggest('--', OPTIONS)).toBeUndefined()
  expect(suggest('', ['wide'])).toBeUndefined()
})
