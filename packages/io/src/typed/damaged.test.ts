import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { random } from '@som/core'
import { afterAll, expect, it } from 'vitest'
import { type GivenTable, WRITERS } from '../../test/write-as.ts'
import { openTable } from '../open-table.ts'
import { readSamples } from '../read-samples.ts'
import { selectColumns } from '../select-columns.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-damaged-'))
afterAll(() => rmSync(folder, { recursive: true }))

const ROWS = Array.from({ length: 300 }, (_, i) => i)
const table: GivenTable = [
  { name: 'a', type: 'number', cells: ROWS.map(Math.sin) },
  { name: 'b', type: 'text', cells: ROWS.map((i) => `text ${i % 5}`) },
  { name: 'c', type: 'whole', cells: ROWS.map((i) => BigInt((i * 7) % 11)) },
]

/** What is reported for the file, or nothing. */
async function told(path: string): Promise<string> {
  const opened = await openTable(path)
  if (opened.isErr) return opened.error.issues[0].message
  const selection = selectColumns(opened.value)
  const samples = selection.isOk ? await readSamples(opened.value, selection.value) : selection
  opened.value.close()
  return samples.isErr ? samples.error.issues[0].message : ''
}

/** The file with some bytes changed, or cut. */
function damage(whole: Buffer, draw: () => number): Buffer {
  const bytes = Buffer.from(whole)
  for (let k = 0; k < 3; k++) bytes[Math.floor(draw() * bytes.length)] = Math.floor(draw() * 256)
  return draw() < 0.2 ? bytes.subarray(0, Math.floor(draw() * bytes.length)) : bytes
}

// A SQLite file is read in a process of its own, which takes its time to start.
it.each([
  ['parquet', 40, /^expected a whole Parquet file, found a damaged one: [^/]+$/],
  ['sqlite', 15, /^expected a SQLite database, found(: | a damaged one)/],
] as const)('a damaged file of %s is read, or refused as a table in one sentence', async (kind, tries, sentence) => {
  const whole = readFileSync(await WRITERS[kind](table, folder))
  const draw = random(7)
  let refused = 0
  for (let i = 0; i < tries; i++) {
    const path = join(folder, `damaged.${kind}`)
    writeFileSync(path, damage(whole, draw))
    const found = await told(path)
    if (found !== '') expect(found).toMatch(sentence)
    refused += Number(found !== '')
  }
  expect(refused).toBeGreaterThan(tries / 5)
})
