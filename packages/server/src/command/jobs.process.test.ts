import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { serveProcess } from '../../test/serve-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-serve-jobs-'))
const started: ChildProcess[] = []
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function serve(): Promise<{ child: ChildProcess; address: string }> {
  const track = ['--track', `jsonl:${join(folder, 'runs.jsonl')}`]
  const words = ['--data', join(folder, 'data'), '--allow-root', folder, '--checkpoint-every', '2', ...track]
  const { child, address } = await serveProcess(words)
  started.push(child)
  return { child, address }
}

const kill = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })

/** A line of the record; null where a kill cut it off. */
function parsed(line: string) {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

test('after kill -9 a running job continues from its checkpoint, a queued one begins, and each map is as if nothing had been', async () => {
  const rows = Array.from({ length: 80 }, (_, i) => `${Math.sin(i)},${Math.cos(i * 1.7)}`)
  writeFileSync(join(folder, 'rows.csv'), `a,b\n${rows.join('\n')}\n`)
  const options = { lattice: { rows: 22, columns: 22 }, epochs: 300, seed: 3 }
  const first = await serve()
  const ask = async (address: string, path: string, body?: object) => {
    const answer = await fetch(address + path, {
      method: body ? 'POST' : 'GET',
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body && JSON.stringify(body),
    })
    return answer.json()
  }
  const submit = (address: string, map: string) =>
    ask(address, '/v1/jobs', { map, table: { path: 'rows.csv' }, options })
  const [running, queued] = [await submit(first.address, 'a'), await submit(first.address, 'b')]
  await expect.poll(async () => (await ask(first.address, `/v1/jobs/${running.id}`)).epoch).toBeGreaterThan(4)
  await kill(first.child)

  const second = await serve()
  const told = async (id: string) => (await fetch(`${second.address}/v1/jobs/${id}/events`)).text()
  const [one, two] = [await told(running.id), await told(queued.id)]
  const resumed = Number(/event: resumed\ndata: {"epoch":(\d+)}/.exec(one)?.[1])
  expect(resumed).toBeGreaterThanOrEqual(4)
  expect(one).toContain('event: done')
  expect(two).not.toContain('event: resumed')
  expect(two).toContain('event: done')
  const [a, b] = [await ask(second.address, '/v1/maps/a/versions'), await ask(second.address, '/v1/maps/b/versions')]
  expect(a.versions).toHaveLength(1)
  // The same rows, options and seed give the same bytes, whether or not the run was killed on the way.
  expect(a.versions[0].digest).toBe(b.versions[0].digest)
  // Each job is one run on record, with each epoch once, whoever was killed meanwhile.
  const lines = readFileSync(join(folder, 'runs.jsonl'), 'utf8').split('\n').filter(Boolean).map(parsed)
  for (const { id } of [running, queued]) {
    const told = lines.filter((line) => line?.run === id)
    expect(told[0]).toMatchObject({ event: 'start', parameters: { epochs: 300, seed: 3 }, tags: { 'som.job': id } })
    const epochs = told.filter(({ metrics }) => metrics && 'neighbourhood_radius' in metrics)
    expect(epochs.map(({ step }) => step)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1))
    expect(told.filter(({ event }) => event === 'start')).toHaveLength(1)
    expect(told.slice(-2)).toMatchObject([{ event: 'artefact' }, { event: 'end', status: 'finished' }])
  }
  await kill(second.child)
})
