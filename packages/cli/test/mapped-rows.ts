import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { som } from './harness.ts'

/**
 * A folder for the tests of a file, with `rows.csv`, rows of three kinds, and `map.som`, a map of them. Gives the path
 * of a name in it.
 */
export function mappedRows(): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'som-mapped-'))
  const at = (name: string): string => join(folder, name)
  beforeAll(async () => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      const base = i % 3
      return `${base + Math.sin(i) / 9},${5 * base + Math.cos(i)},"kind <${base}>, ""x"""`
    })
    writeFileSync(at('rows.csv'), `length,width,kind\n${rows.join('\n')}\n`)
    await som('train', at('rows.csv'), '-o', at('map.som'), '--size', '5x6', '--backend', 'js')
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  return at
}
