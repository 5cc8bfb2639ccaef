import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openData } from './data.ts'
import { KeptFiles } from './kept-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-private-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a data folder', () => {
  it('lets its owner alone read its database, whatever was there', () => {
    const before = openData(folder)
    const names = readdirSync(folder).filter((name) => name.startsWith('index.sqlite'))
    expect(names).toHaveLength(3)
    for (const name of names) chmodSync(join(folder, name), 0o666)
    const after = openData(folder)
    for (const name of names) expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600])
    after.close()
    before.close()
  })

  it('is swept while files are written and renamed in it', async () => {
    const files = new KeptFiles(join(folder, 'swept'))
    let isDone = false
    const written = Promise.all(
      Array.from({ length: 200 }, (_, i) => files.keep([Buffer.from(String(i))], '.csv')),
    ).finally(() => {
      isDone = true
    })
    while (!isDone) {
      files.sweep(() => false)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await written).toHaveLength(200)
    writeFileSync(join(folder, 'swept', 'gone.csv'), '')
    expect(files.sweep(() => false).files).toBeGreaterThan(0)
  })
})
