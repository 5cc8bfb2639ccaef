import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { js, samplesOf, train } from '@som/core'
import { encodeModel } from '@som/io'
import { afterAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../test/settings-for.ts'
import { sourceWorkers } from '../test/worker.ts'
import { createServer, openData } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-full-'))
const data = join(folder, 'data')
mkdirSync(data)
/** A disk of our own: only root may have one, and not in every container. */
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'som-full', data]).status === 0
if (!isMounted) process.stderr.write('a full disk: skipped, no tmpfs can be mounted here\n')

afterAll(() => {
  if (isMounted) spawnSync('umount', ['-l', data])
  rmSync(folder, { recursive: true, force: true })
})

/** Takes what room is left. */
function fill(): void {
  for (const size of [65_536, 4096]) {
    try {
      for (let i = 0; ; i++) writeFileSync(join(data, `filler-${size}-${i}`), Buffer.alloc(size))
    } catch {
      // Full.
    }
  }
}

const unfill = (): void => {
  for (const name of readdirSync(data)) if (name.startsWith('filler')) rmSync(join(data, name))
}

/** Of a process that is there still; a zombie is not. */
function parentOf(pid: string): number | undefined {
  try {
    const [state, parent] = readFileSync(`/proc/${Number(pid)}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return state === 'Z' ? undefined : Number(parent)
  } catch {
    return undefined
  }
}

describe.skipIf(!isMounted)('a full disk', () => {
  it('refuses uploads and jobs by 507, leaves no parts behind, and serves on once there is room', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(i * 1.7)])
    const som = (await train({ samples: samplesOf(rows), lattice: { rows: 2, columns: 3 }, epochs: 1 })).unwrapOrElse(
      () => {
        throw new Error('not trained')
      },
    )
    const model = new Uint8Array(Buffer.concat(encodeModel(som).unwrapOr([])))
    const opened = openData(data)
    const settings = settingsFor({ model: undefined, data, maxJobs: 1000 })
    const app = await createServer({ backend: js(), data: opened, workers: sourceWorkers }, settings)
    const address = await app.listen({ host: '127.0.0.1', port: 0 })
    const post = async (path: string, type: string, body: string | Uint8Array<ArrayBuffer>) => {
      const answer = await fetch(address + path, { method: 'POST', headers: { 'content-type': type }, body })
      return { status: answer.status, body: await answer.json() }
    }
    const table = `a,b\n${rows.map((row) => row.join(',')).join('\n')}\n`
    const putTable = (more = '') => post('/v1/tables', 'text/csv', table + more)
    const putModel = () => post('/v1/maps/calm/versions', 'application/octet-stream', model)
    const { upload } = (await putTable()).body
    const putJob = () =>
      post(
        '/v1/jobs',
        'application/json',
        JSON.stringify({ map: 'calm', table: { upload }, tags: { x: 'y'.repeat(900) } }),
      )
    fill()
    const refused = await putTable(`1,2\n`.repeat(20_000))
    expect([refused.status, refused.body.issues]).toEqual([507, [{ path: '', message: 'disk full' }]])
    expect((await putModel()).status).toBe(507)
    let job = await putJob()
    // The database has some room of its own at first.
    for (let i = 0; i < 900 && job.status === 202; i++) job = await putJob()
    expect([job.status, JSON.stringify(job.body)]).toEqual([507, expect.not.stringMatching(/SQLITE|sqlite/)])
    expect(readdirSync(join(data, 'tables')).concat(readdirSync(join(data, 'models')))).toHaveLength(1)
    expect((await fetch(`${address}/v1/maps`)).status).toBe(200)
    unfill()
    expect((await putModel()).status).toBe(201)
    expect((await putTable('1,2\n')).status).toBe(201)
    await app.close()
    opened.close()
  }, 60_000)

  it('in the middle of a job ends the job, which says why, and neither the server nor the next job', async () => {
    const opened = openData(data)
    const app = await createServer(
      { backend: js(), data: opened, workers: sourceWorkers },
      settingsFor({ model: undefined, data }),
    )
    const address = await app.listen({ host: '127.0.0.1', port: 0 })
    const told = async (path: string, init?: RequestInit) => (await fetch(address + path, init)).json()
    const rows = Array.from({ length: 200 }, (_, i) => `${Math.sin(i)},${Math.cos(i * 1.7)}`)
    const csv = { method: 'POST', headers: { 'content-type': 'text/csv' }, body: `a,b\n${rows.join('\n')}\n` }
    const { upload } = await told('/v1/tables', csv)
    const submit = (epochs: number) =>
      told('/v1/jobs', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ map: 'waves', table: { upload }, checkpointEvery: 1 },
          options: { epochs, lattice: { rows: 25, columns: 25 } },
        }),
      })
    const children = () => readdirSync('/proc').filter((pid) => parentOf(pid) === process.pid)
    const before = children()
    const { id } = await submit(150)
    const job = () => told(`/v1/jobs/${id}`)
    await expect.poll(async () => (await job()).epoch ?? 0).toBeGreaterThan(2)
    fill()
    const processes = () => children().filter((pid) => !before.includes(pid))
    // Its process has ended, and the disk has no room to tell so.
    await expect.poll(() => processes().length, { interval: 100 }).toBe(0)
    expect((await fetch(`${address}/health/live`)).status).toBe(200)
    unfill()
    await expect.poll(async () => (await job()).state).not.toBe('running')
    expect(await job()).toMatchObject({ state: 'failed', issues: [{ message: 'disk full' }] })
    expect(readdirSync(join(data, 'models')).filter((name) => name.endsWith('.part'))).toEqual([])
    expect(readdirSync(join(data, 'jobs'))).toEqual([])
    const next = await submit(2)
    await expect.poll(async () => (await told(`/v1/jobs/${next.id}`)).state).toBe('done')
    await app.close()
    opened.close()
  }, 120_000)
})
