import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { som } from '../../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-lock-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)
const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name)
const watch = (output: string) => som('watch', at('n.som'), fixture('cst.csv'), '-o', at(output), '--backend', 'js')

beforeAll(async () => void (await som('watch', fixture('norm.csv'), '-o', at('n.som'), '--backend', 'js')))

it('a watch that was killed before its first commit continues from the start', async () => {
  await watch('whole.ndjson')
  const state = JSON.parse(readFileSync(at('whole.ndjson.state'), 'utf8'))
  // What the first write of a run leaves.
  const first = { offset: 0, head: '', length: 0, clock: null, watcher: null, reader: { line: 0, format: null } }
  const counts = Object.fromEntries(Object.keys(state.counts).map((name) => [name, 0]))
  writeFileSync(at('killed.ndjson.state'), JSON.stringify({ ...state, ...first, counts }))
  writeFileSync(at('killed.ndjson'), 'a line that was never commit')
  const { code, err } = await watch('killed.ndjson')
  expect([code, err]).toEqual([0, ''])
  expect(readFileSync(at('killed.ndjson'), 'utf8')).toBe(readFileSync(at('whole.ndjson'), 'utf8'))
})

it('an output that another process writes is refused', async () => {
  writeFileSync(at('busy.ndjson.lock'), String(process.ppid))
  const { code, err } = await watch('busy.ndjson')
  expect(code).toBe(1)
  expect(err).toContain(`som watch (process ${process.ppid}) is writing it`)
  expect(existsSync(at('busy.ndjson'))).toBe(false)
})

it('the lock of a process that has ended does not count, and none is left at the end', async () => {
  // Above the largest process number of any system.
  writeFileSync(at('left.ndjson.lock'), String(2 ** 30))
  expect((await watch('left.ndjson')).code).toBe(0)
  expect(existsSync(at('left.ndjson.lock'))).toBe(false)
})
