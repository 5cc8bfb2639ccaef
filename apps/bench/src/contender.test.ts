import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { keyOf, measure } from './contender.ts'
import { readOptions } from './options.ts'
import type { Workload } from './workload.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-bench-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const work: Workload = {
  kind: 'batch',
  rows: 1,
  features: 1,
  mapRows: 1,
  mapColumns: 1,
  threads: 1,
  repeats: 3,
  wholeProcess: true,
  updates: 1,
  firstRadius: 1,
  lastRadius: 1,
  firstRate: 1,
  lastRate: 1,
  part: 0,
  enough: 0,
  files: { codebook: '' },
}

/** A program that answers as contenders do. */
function program(name: string, version: string): string[] {
  const path = join(folder, name)
  const outcome = { seconds: [1], share: 1, peakBytes: 1, versions: { it: version }, note: '' }
  writeFileSync(path, `require('node:fs').writeFileSync(process.argv[3], ${JSON.stringify(JSON.stringify(outcome))})\n`)
  return [process.execPath, path]
}

test("a peer's kept time is of the same work and the same program, and no other", () => {
  const command = program('kept.js', '1')
  const key = keyOf('peer', work, command)
  expect(keyOf('peer', work, command)).toBe(key)
  expect(keyOf('peer', { ...work, rows: 2 }, command)).not.toBe(key)
  expect(keyOf('other', work, command)).not.toBe(key)
  program('kept.js', '2')
  expect(keyOf('peer', work, command)).not.toBe(key)
})

test('a peer that takes long is repeated fewer times, and ours as often as is asked', () => {
  const command = program('slow.js', '1')
  const options = { ...readOptions(['--enough', '0.000001']), reusePeers: false }
  const timed = (kind: 'ours' | 'package') =>
    measure({ name: `test ${kind}`, kind, licence: 'MIT', start: () => ({ command }) }, work, options)
  expect(timed('package')).toMatchObject({ seconds: { count: 1 } })
  expect(timed('ours')).toMatchObject({ seconds: { count: 3 } })
})
