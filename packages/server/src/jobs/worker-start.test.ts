import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { js } from '@som/core'
import { afterAll, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { createServer, openData } from '../index.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-start-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('a job whose process cannot start fails at the first attempt with the last line of its stderr', async () => {
  const entry = join(folder, 'worker.mjs')
  writeFileSync(entry, "throw new Error('no such addon')\n")
  writeFileSync(join(folder, 'rows.csv'), 'x,y\n1,2\n3,4\n5,6\n')
  const data = openData(join(folder, 'data'))
  const settings = settingsFor({ model: undefined, data: join(folder, 'data'), allowRoot: [folder] })
  const workers = { entry: pathToFileURL(entry), execArgv: [], backends: ['js'] as const }
  const app = await createServer({ backend: js(), data, workers }, settings)
  try {
    const payload = { map: 'made', table: { path: join(folder, 'rows.csv') } }
    const { id } = (await app.inject({ method: 'POST', url: '/v1/jobs', payload })).json()
    const job = async () => (await app.inject({ url: `/v1/jobs/${id}` })).json()
    await expect.poll(async () => (await job()).state, { timeout: 10_000 }).toBe('failed')
    const { attempts, issues } = await job()
    expect(attempts).toBe(1)
    expect(issues[0].message).toMatch(/could not start \(exit code 1\): Error: no such addon/)
  } finally {
    await app.close()
    data.close()
  }
})
