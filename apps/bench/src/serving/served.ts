import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { matrix, samplesOf, train } from '@som/core'
import { writeModel } from '@som/io'
import { native } from '@som/native'
import { clusters } from '../draw.ts'
import type { Options } from '../options.ts'
import { programFolder } from '../paths.ts'
import { columnNames } from '../table-file.ts'

/** A server of its own process on the loopback. */
export interface Served {
  readonly address: string
  /** Rows like those of training, row after row. */
  readonly rows: Float32Array
  readonly features: number
  /** Posts a training job that continues until it is ended; gives its id. */
  beginJob(): Promise<string>
  /** The epochs that a job has done. */
  epochOf(id: string): Promise<number>
  endJob(id: string): Promise<void>
  peakBytes(): number
}

const TRAINING_ROWS = 20_000
const EPOCHS = 10
/** As the image and the unit of systemd start it: else V8 collects at each few megabytes that come in. */
const OLD_SPACE = '--initial-old-space-size=128'
const CENTRES = 20

/** Serves a map of `map` units, trained on clusters, for as long as `work` takes. */
export async function whileServed<T>(
  { features, map, seed }: { features: number; map: readonly [number, number] } & Pick<Options, 'seed'>,
  work: (served: Served) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'som-serve-'))
  let server: ChildProcess | undefined
  try {
    const names = columnNames(features)
    const rows = clusters(TRAINING_ROWS, features, CENTRES, seed)
    const samples = samplesOf(matrix(TRAINING_ROWS, features, rows), names)
    const som = (
      await train({ samples, lattice: { rows: map[0], columns: map[1] }, epochs: EPOCHS, seed }, { backend: native() })
    ).unwrapOrElse(fail)
    const model = join(folder, 'map.som')
    ;(await writeModel(model, som)).unwrapOrElse(fail)
    const lines = Array.from({ length: TRAINING_ROWS }, (_, i) =>
      rows.subarray(i * features, (i + 1) * features).join(','),
    )
    writeFileSync(join(folder, 'rows.csv'), `${names.join(',')}\n${lines.join('\n')}\n`)
    const words = ['--model', model, '--data', join(folder, 'data'), '--port', '0', '--allow-root', folder]
    const limits = ['--max-epochs', '1000000', '--max-rows', '1000000']
    const started = spawn(process.execPath, [OLD_SPACE, join(programFolder, 'serve.js'), ...words, ...limits], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    server = started
    const address = await addressOf(started)
    return await work({ address, rows, features, ...jobsAt(address, map), peakBytes: () => peakBytes(started) })
  } finally {
    if (server) await ended(server)
    rmSync(folder, { recursive: true, force: true })
  }
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let told = ''
    server.stdout?.on('data', (text) => {
      told += String(text)
      const [, address] = /at (http:\S+)/.exec(told) ?? []
      if (address !== undefined) resolve(address)
    })
    server.once('exit', (code) => reject(new Error(`som serve ended with code ${code}`)))
  })
}

function jobsAt(address: string, map: readonly [number, number]): Pick<Served, 'beginJob' | 'epochOf' | 'endJob'> {
  const job = {
    ...{ map: 'long', table: { path: 'rows.csv' } },
    options: { lattice: { rows: map[0], columns: map[1] }, epochs: 100_000 },
  }
  const ask = async (path: string, init?: RequestInit): Promise<JobTold> =>
    (await (await fetch(`${address}/v1/jobs${path}`, init)).json()) as JobTold // our own server's
  return {
    async beginJob() {
      const headers = { 'content-type': 'application/json' }
      return (await ask('', { method: 'POST', headers, body: JSON.stringify(job) })).id
    },
    epochOf: async (id) => (await ask(`/${id}`)).epoch,
    async endJob(id) {
      await ask(`/${id}`, { method: 'DELETE' })
      while ((await ask(`/${id}`)).state === 'running') await later(50)
    },
  }
}

interface JobTold {
  readonly id: string
  readonly state: string
  readonly epoch: number
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function peakBytes({ pid }: ChildProcess): number {
  if (process.platform !== 'linux') return 0
  return 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const exit = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await exit
}

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}
