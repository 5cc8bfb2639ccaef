import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { isDeeperThan } from './nesting.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-nesting-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'table.ndjson')

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

it('lines of JSON are as deep as their values', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 6 }), { maxLength: 4 }), fc.nat(7), async (values, most) => {
      writeFileSync(path, values.map((value) => JSON.stringify(value)).join('\n'))
      expect(await isDeeperThan(most, path)).toBe(values.some((value) => depthOf(value) > most))
    }),
    { numRuns: 200 },
  )
})

it.each(['"\n[[[[', '[[\n"\\\n{"a":[[{', `${'x'.repeat(300_000)}[[[[`])(
  'no line hides the depth of another: %j',
  async (text) => {
    writeFileSync(path, text)
    expect(await isDeeperThan(3, path)).toBe(true)
  },
)
