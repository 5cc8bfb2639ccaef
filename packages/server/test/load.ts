// node --import tsx --conditions=@som/source packages/server/test/load.ts
// Load on the loopback: one row a request, as many as come and half of that while a job trains; many rows by Arrow.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { js, samplesOf, train } from '@som/core'
import { writeModel } from '@som/io'
import * as arrow from 'apache-arrow'
import autocannon from 'autocannon'

const SECONDS = Number(process.env.SECONDS ?? 5)
/** What is measured: `PARTS=arrow` leaves single rows out, `PARTS=rows` Arrow. */
const PARTS = process.env.PARTS ?? 'rows,arrow'
/** A folder for a profile of the server. */
const { PROFILE } = process.env
const FEATURES = 16
const folder = mkdtempSync(join(tmpdir(), 'som-load-'))
const names = Array.from({ length: FEATURES }, (_, f) => `f${f}`)
const rowAt = (i: number): number[] => names.map((_, f) => Math.sin(i * (f + 1)) + Math.cos(i * 0.37 * f))

const rows = Array.from({ length: 2000 }, (_, i) => rowAt(i))
const som = (
  await train({ samples: samplesOf(rows, names), lattice: { rows: 50, columns: 50 }, epochs: 2 }, { backend: js() })
).unwrapOrElse((issues) => {
  throw new Error(JSON.stringify(issues))
})
await writeModel(join(folder, 'map.som'), som)
writeFileSync(join(folder, 'rows.csv'), `${names.join(',')}\n${rows.map((row) => row.join(',')).join('\n')}\n`)

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const main = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))
const words = [
  'serve',
  '--model',
  join(folder, 'map.som'),
  '--data',
  join(folder, 'data'),
  '--port',
  '0',
  '--allow-root',
  folder,
  '--max-epochs',
  '1000000',
]
const profiling = PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${PROFILE}`] : []
const server = spawn(process.execPath, [...profiling, '--import', tsx, '--conditions=@som/source', main, ...words], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const address = await new Promise<string>((resolve) => {
    server.stdout.on('data', (text) => resolve(/at (http:\S+)/.exec(String(text))?.[1] ?? ''))
  })
  console.log(`${cpus()[0].model}, ${availableParallelism()} cores, node ${process.version}; ${SECONDS} s each`)
  const single = {
    url: `${address}/v1/match`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ instances: [rowAt(7)] }),
  } as const
  const told = (what: string, { requests, latency, non2xx }: autocannon.Result): void =>
    console.log(
      `${what}: ${Math.round(requests.average)} requests/s, median ${latency.p50} ms, p99 ${latency.p99} ms, ${non2xx} refused`,
    )
  if (PARTS.includes('rows')) {
    /** The longest that the server's own thread was busy at one thing since the last call, in milliseconds. */
    const lag = async (): Promise<number> => {
      const text = await (await fetch(`${address}/metrics`)).text()
      return Math.round(1000 * Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1]))
    }
    await autocannon({ ...single, connections: 32, duration: 2 })
    const full = await autocannon({ ...single, connections: 32, pipelining: 4, duration: SECONDS })
    told('one row a request, as fast as it goes', full)
    const half = Math.max(1, Math.round(full.requests.average / 2))
    told(
      `one row a request, ${half}/s asked for`,
      await autocannon({ ...single, connections: 16, overallRate: half, duration: SECONDS }),
    )
    const job = {
      map: 'long',
      table: { path: 'rows.csv' },
      options: { lattice: { rows: 50, columns: 50 }, epochs: 100_000 },
    }
    const { id } = await (
      await fetch(`${address}/v1/jobs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(job),
      })
    ).json()
    const ready = async (): Promise<number> => (await (await fetch(`${address}/v1/jobs/${id}`)).json()).epoch
    while ((await ready()) === 0) await new Promise((resolve) => setTimeout(resolve, 100))
    const before = await ready()
    await lag()
    told(
      `the same while a job trains`,
      await autocannon({ ...single, connections: 16, overallRate: half, duration: SECONDS }),
    )
    const longest = await lag()
    console.log(
      `the job went on by ${(await ready()) - before} epochs; the server's thread kept waiting at most ${longest} ms`,
    )
    await fetch(`${address}/v1/jobs/${id}`, { method: 'DELETE' })
  }
  if (PARTS.includes('arrow')) {
    const batch = 50_000
    const column = (f: number): Float64Array => Float64Array.from({ length: batch }, (_, i) => rowAt(i)[f])
    const [one] = arrow.tableFromArrays(Object.fromEntries(names.map((name, f) => [name, column(f)]))).batches
    const writer = new arrow.RecordBatchStreamWriter()
    const batches = 10
    for (let i = 0; i < batches; i++) writer.write(one)
    const body = Buffer.from(writer.finish().toUint8Array(true))
    for (let i = 0; i < 3; i++) {
      const begun = performance.now()
      const answer = await fetch(`${address}/v1/match`, {
        method: 'POST',
        headers: { 'content-type': 'application/vnd.apache.arrow.stream' },
        body,
      })
      const { numRows } = arrow.tableFromIPC(await answer.arrayBuffer())
      console.log(`Arrow: ${Math.round(numRows / ((performance.now() - begun) / 1000))} rows/s of ${numRows} rows`)
    }
  }
} finally {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
  rmSync(folder, { recursive: true, force: true })
}
