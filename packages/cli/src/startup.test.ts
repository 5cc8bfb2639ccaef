import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Entries of our own packages that are followed into: they promise to load little. */
const FOLLOWED: Readonly<Record<string, URL>> = {
  '@som/server/program': new URL('../../server/src/program/index.ts', import.meta.url),
}

/** The packages that a source file and the files it imports load at once; what is imported lazily or as a type does not count. */
function loadedBy(file: URL, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file.href)) return new Set()
  seen.add(file.href)
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type\b)[^'"]*?from '([^']+)'/gm)
  const names = [...imports].map(([, name]) => name)
  const files = names.map((name) => FOLLOWED[name] ?? (name.startsWith('.') ? new URL(name, file) : null))
  const outer = names.filter((name, i) => files[i] === null && !name.startsWith('node:'))
  return new Set([...files.flatMap((found) => (found ? [...loadedBy(found, seen)] : [])), ...outer])
}

test('nothing but the parser of arguments is loaded before a command runs, so that help is quick', () => {
  expect([...loadedBy(new URL('./main.ts', import.meta.url))]).toEqual(['@commander-js/extra-typings'])
  // The same look finds what a command does load.
  expect([...loadedBy(new URL('./train/run-train.ts', import.meta.url))]).toContain('@som/io')
})

test('DuckDB is loaded when a table is opened, not when @som/io is', () => {
  expect([...loadedBy(new URL('../../io/src/index.ts', import.meta.url))]).not.toContain('@duckdb/node-api')
})
