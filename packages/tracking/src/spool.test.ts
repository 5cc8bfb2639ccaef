import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Spool } from './spool.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-spool-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('an artefact never takes the place of another, whatever comes and goes beside them', async () => {
  const spool = await Spool.create(folder)
  // As it is while how far the run was sent is being written.
  const passing = join(spool.folder, 'sent.json.new')
  writeFileSync(passing, '{}')
  const first = await spool.keep(Uint8Array.of(1))
  rmSync(passing)
  const second = await spool.keep(Uint8Array.of(2))
  expect([...(await spool.artefact(first))]).toEqual([1])
  expect([...(await spool.artefact(second))]).toEqual([2])
})

test('entries are those that were appended, and those that another process reads', async () => {
  const spool = await Spool.create(folder)
  const entry = { kind: 'log', time: 1, step: 1, metrics: { radius: '1' } } as const
  await spool.append(entry)
  expect(await spool.entries()).toEqual([entry])
  expect(await new Spool(spool.folder).entries()).toEqual([entry])
})

test('several senders mark at once how far the run was sent', async () => {
  const spool = await Spool.create(folder)
  const marks = Array.from({ length: 50 }, (_, at) => at + 1)
  await Promise.all(marks.map((entries) => new Spool(spool.folder).mark({ entries })))
  expect(marks).toContain((await spool.sent()).entries)
  // Nothing that was written aside is left.
  expect(readdirSync(spool.folder).filter((name) => name.startsWith('sent.json'))).toEqual(['sent.json'])
})
