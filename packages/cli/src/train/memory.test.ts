import { expect, test } from 'vitest'
import { memoryIssues } from './memory.ts'

test('a map that no memory can hold is refused with what it needs', () => {
  const [issue] = memoryIssues({ rows: 11_585, columns: 11_585 }, 1_000_000)
  expect(issue.path).toBe('--size')
  expect(issue.message).toContain('found 11585 x 11585 units of 1000000 features, which need about 2999877.0 GiB')
})

test('a map of common size, or of the size that the rows decide, is not', () => {
  expect(memoryIssues({ rows: 40, columns: 60 }, 100)).toEqual([])
  expect(memoryIssues({}, 100)).toEqual([])
  expect(memoryIssues(undefined, 100)).toEqual([])
})
