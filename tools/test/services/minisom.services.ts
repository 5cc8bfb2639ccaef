import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runPython } from './python.ts'

/**
 * Both are f64 from the same inputs; another CPU's linear algebra sums in another order, and the fixture keeps nine
 * decimals.
 */
const SAME = 2e-9

const committed = fileURLToPath(new URL('../../../packages/core/fixtures/minisom.json', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'som-services-'))
let found: unknown
let expected: unknown

beforeAll(() => {
  const again = join(folder, 'minisom.json')
  runPython('make-fixtures.py', again, committed)
  found = JSON.parse(readFileSync(again, 'utf8'))
  expected = JSON.parse(readFileSync(committed, 'utf8'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the real MiniSom finds the committed fixture again, number for number', () => {
  expect(differences(found, expected, 'fixture')).toEqual([])
})

test('the fixture was made by the versions that the lock file names', () => {
  const lock = readFileSync(new URL('../../python/oracles.lock', import.meta.url), 'utf8')
    .toLowerCase()
    .split('\n')
  const { MiniSom, numpy } = (expected as { source: Record<string, string> }).source // our own file
  expect(lock).toContain(`minisom==${MiniSom}`)
  expect(lock).toContain(`numpy==${numpy}`)
})

/** The paths at which two JSON values differ, numbers by more than `SAME`. */
function differences(a: unknown, b: unknown, path: string): string[] {
  if (typeof a === 'number' && typeof b === 'number') {
    return Math.abs(a - b) <= SAME ? [] : [`${path}: found ${a}, committed ${b}`]
  }
  if (!isTree(a) || !isTree(b)) return a === b ? [] : [`${path}: found ${a}, committed ${b}`]
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].flatMap((key) => differences(a[key], b[key], `${path}.${key}`))
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
