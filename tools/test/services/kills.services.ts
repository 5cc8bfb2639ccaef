// Each command that has state, killed by SIGKILL at drawn points of its life and started again as a user would: nothing
// that was acknowledged is lost, and what comes out is what an unbroken run gives. SOM_KILLS is the number of kills of
// each command.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { random } from '../../../packages/core/src/random.ts'
import { compiledSom } from '../compiled.ts'

const KILLS = Number(process.env.SOM_KILLS ?? 8)
const SEED = Number(process.env.SOM_KILLS_SEED ?? 1)
const MOST_MS = 60_000 + KILLS * 20_000

const folder = mkdtempSync(join(tmpdir(), 'som-kills-'))
const at = (name: string): string => join(folder, name)
const started = new Set<ChildProcess>()
afterAll(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

let main: string

interface Run {
  readonly child: ChildProcess
  /** The exit code, or null for a process that was killed. */
  readonly ended: Promise<number | null>
  said(): string
}

function run(words: readonly string[]): Run {
  const child = spawn(process.execPath, [main, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  started.add(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said += text
    })
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      started.delete(child)
      resolve(code)
    })
  })
  return { child, ended, said: () => said }
}

async function whole(words: readonly string[]): Promise<number> {
  const from = performance.now()
  const { ended, said } = run(words)
  expect([await ended, said()]).toEqual([0, expect.anything()])
  return performance.now() - from
}

/**
 * Starts a command and kills it, `KILLS` times, within the time that a whole run takes. A run that ends first must have
 * ended well, and is checked by `finished`, which makes place for the next.
 */
async function killOften(life: number, words: () => readonly string[], killed: () => void, finished: () => void) {
  const draw = random(SEED)
  for (let kills = 0; kills < KILLS; ) {
    const { child, ended, said } = run(words())
    const timer = setTimeout(() => child.kill('SIGKILL'), draw() * life)
    const code = await ended
    clearTimeout(timer)
    if (child.signalCode === 'SIGKILL') {
      kills++
      killed()
    } else {
      expect([code, said()]).toEqual([0, expect.anything()])
      finished()
    }
  }
  const { ended, said } = run(words())
  expect([await ended, said()]).toEqual([0, expect.anything()])
  finished()
}

/** Rows of three related sensors, drawn from a seed. */
function table(rows: number): string {
  const draw = random(7)
  const lines = Array.from({ length: rows }, (_, i) => {
    const base = Math.sin(i / 50)
    return [base + draw(), 2 * base + draw(), draw()].map((x) => x.toFixed(4)).join(',')
  })
  return `a,b,c\n${lines.join('\n')}\n`
}

beforeAll(async () => {
  main = await compiledSom()
  writeFileSync(at('rows.csv'), table(400))
  writeFileSync(at('stream.csv'), table(400_000))
  await whole(['watch', 'rows.csv', '-o', 'normal.som', '--backend', 'js'])
})

test('train continues from its checkpoint to the bytes of an unbroken run', { timeout: MOST_MS }, async () => {
  const options = ['--rule', 'online', '--size', '24x24', '--epochs', '60', '--backend', 'js']
  const life = await whole(['train', 'rows.csv', '-o', 'whole.som', ...options, '--checkpoint-every', '2'])
  const expected = readFileSync(at('whole.som'))
  const words = (): string[] => [
    ...['train', 'rows.csv', '-o', 'killed.som', '--checkpoint-every', '2'],
    ...(existsSync(at('killed.som.checkpoint')) ? ['--resume', 'killed.som.checkpoint', '--backend', 'js'] : options),
  ]
  const isWhole = (): boolean => readFileSync(at('killed.som')).equals(expected)
  let resumed = 0
  await killOften(
    life,
    words,
    () => {
      if (existsSync(at('killed.som'))) expect(isWhole()).toBe(true)
      if (existsSync(at('killed.som.checkpoint'))) resumed++
    },
    () => {
      expect(isWhole()).toBe(true)
      rmSync(at('killed.som'))
      rmSync(at('killed.som.checkpoint'), { force: true })
    },
  )
  expect(resumed).toBeGreaterThan(0)
})

test('watch continues its output to that of an unbroken run', { timeout: MOST_MS }, async () => {
  const words = (output: string): string[] => ['watch', 'normal.som', 'stream.csv', '-o', output, '--backend', 'js']
  const life = await whole(words('whole.ndjson'))
  const expected = readFileSync(at('whole.ndjson'), 'utf8')
  let resumed = 0
  await killOften(
    life,
    () => words('killed.ndjson'),
    () => {
      const state = at('killed.ndjson.state')
      if (existsSync(state) && JSON.parse(readFileSync(state, 'utf8')).offset > 0) resumed++
    },
    () => {
      expect(readFileSync(at('killed.ndjson'), 'utf8') === expected).toBe(true)
      for (const name of ['killed.ndjson', 'killed.ndjson.state']) rmSync(at(name))
    },
  )
  expect(resumed).toBeGreaterThan(0)
})

test('match leaves the file that was there, or the whole of the new one', { timeout: MOST_MS }, async () => {
  const words = (output: string): string[] => ['match', 'normal.som', 'stream.csv', '-o', output, '--backend', 'js']
  const life = await whole(words('whole.csv'))
  const expected = readFileSync(at('whole.csv'), 'utf8')
  const before = 'what was there before\n'
  const write = (): void => writeFileSync(at('matched.csv'), before)
  write()
  const check = (): boolean => [before, expected].includes(readFileSync(at('matched.csv'), 'utf8'))
  await killOften(
    life,
    () => words('matched.csv'),
    () => expect(check()).toBe(true),
    () => {
      expect(readFileSync(at('matched.csv'), 'utf8') === expected).toBe(true)
      write()
    },
  )
})

test('a server loses nothing that it acknowledged, and its jobs end as if nothing had been', {
  timeout: MOST_MS,
}, async () => {
  const model = readFileSync(at('normal.som'))
  const digest = createHash('sha256').update(model).digest('hex')
  const draw = random(SEED)
  const acknowledged = { versions: new Set<string>(), jobs: new Set<string>() }
  const job = {
    map: 'trained',
    table: { path: 'rows.csv' },
    options: { lattice: { rows: 12, columns: 12 }, epochs: 60, seed: 3 },
  }
  const serve = async (): Promise<{ address: string; running: Run }> => {
    const words = ['serve', '--data', 'data', '--port', '0', '--allow-root', folder, '--checkpoint-every', '5']
    const running = run([...words, '--max-jobs', '10000', '--queue', '10000', '--backend', 'js'])
    const address = await new Promise<string>((resolve, reject) => {
      running.child.stdout?.on('data', () => {
        const [, found] = /at (http:\S+)/.exec(running.said()) ?? []
        if (found) resolve(found)
      })
      void running.ended.then((code) => reject(new Error(`ended with ${code}: ${running.said()}`)))
    })
    return { address, running }
  }
  const get = async (address: string, path: string) => (await fetch(address + path)).json()
  /** Sends models and jobs one after another until the server is gone. */
  const load = async (address: string, map: string): Promise<void> => {
    for (let sent = 0; ; sent++) {
      const isJob = map === 'x' && sent === 1
      const answer = await fetch(address + (isJob ? '/v1/jobs' : `/v1/maps/${map}/versions`), {
        method: 'POST',
        headers: { 'content-type': isJob ? 'application/json' : 'application/octet-stream' },
        body: isJob ? JSON.stringify(job) : model,
      })
        .then(async (response) => ({ status: response.status, body: await response.json() }))
        .catch(() => null)
      if (answer === null) return
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
      if (isJob) acknowledged.jobs.add(answer.body.id)
      else acknowledged.versions.add(`${map} ${answer.body.version}`)
    }
  }
  const jobs = (address: string): Promise<{ state: string; epoch: number }[]> =>
    Promise.all([...acknowledged.jobs].map((id) => get(address, `/v1/jobs/${id}`)))
  /** Resolves once a job has kept its run, or none is left. */
  const progress = async (address: string): Promise<void> => {
    const done = async (): Promise<number> => (await jobs(address)).reduce((sum, { epoch }) => sum + epoch, 0)
    const before = await done()
    while ((await jobs(address)).some(({ state }) => state !== 'done') && (await done()) < before + 10) await sleep(50)
  }
  for (let kills = 0; kills < KILLS; kills++) {
    const { address, running } = await serve()
    const loads = ['x', 'y'].map((map) => load(address, map))
    // A job is given up after five ends in a row before it has kept its run: each other time it gets that far.
    if (kills % 2 === 1) await progress(address)
    setTimeout(() => running.child.kill('SIGKILL'), draw() * 2000)
    await Promise.all([running.ended, ...loads])
  }
  const { address, running } = await serve()
  for (const map of ['x', 'y']) {
    const { versions } = await get(address, `/v1/maps/${map}/versions`)
    const found = new Map(versions.map((each: { version: number; digest: string }) => [each.version, each.digest]))
    for (const each of acknowledged.versions) {
      const [name, version] = each.split(' ')
      if (name === map) expect([each, found.get(Number(version))]).toEqual([each, digest])
    }
  }
  for (const id of acknowledged.jobs) {
    const events = await (await fetch(`${address}/v1/jobs/${id}/events`)).text()
    expect(events).toContain('event: done')
  }
  const { versions } = await get(address, '/v1/maps/trained/versions')
  expect(versions.length).toBeGreaterThanOrEqual(acknowledged.jobs.size)
  expect(new Set(versions.map((each: { digest: string }) => each.digest)).size).toBe(1)
  expect([acknowledged.versions.size > 0, acknowledged.jobs.size > 0]).toEqual([true, true])
  running.child.kill('SIGTERM')
  expect(await running.ended).toBe(0)
})
