import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The packages that a source file and the files it imports load at once; what is imported lazily or as a type does not count. */
function loadedBy(file: URL, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file.href)) return new Set()
  seen.add(file.href)
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type\b)[^'"]*?from '([^']+)'/gm)
  const names = [...imports].map(([, name]) => name)
  const inner = names.filter((name) => name.startsWith('.')).flatMap((name) => [...loadedBy(new URL(name, file), seen)])
  return new Set([...inner, ...names.filter((name) => !name.startsWith('.') && !name.startsWith('node:'))])
}

test('nothing but the parser of arguments is loaded before a command runs, so that help is quick', () => {
  expect([...loadedBy(new URL('./main.ts', import.meta.url))]).toEqual(['@commander-js/extra-typings'])
  // The same look finds what a command does load.
  expect([...loadedBy(new URL('./train/run-train.ts', import.meta.url))]).toContain('@som/io')
})

test('DuckDB is loaded when a table is opened, not when @som/io is', () => {
  expect([...loadedBy(new URL('../../io/src/index.ts', import.meta.url))]).not.toContain('@duckdb/node-api')
})
