import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { js, samplesOf, train } from '../../../packages/core/src/index.ts'
import { writeModel } from '../../../packages/io/src/index.ts'

/** How long requests continue: `SOM_SOAK_SECONDS=3600` for an hour. */
const SECONDS = Number(process.env.SOM_SOAK_SECONDS ?? 60)
/** Requests under way at once. */
const AT_ONCE = 16
const SINGLES = 2000
const ROUNDS_A_JOB = 4
/**
 * What the heap and its buffers may differ by from one look to another, with nothing kept: code compiled late, rows of
 * counters.
 */
const HEAP_ROOM = 4 * 2 ** 20
/** What an allocator keeps for itself, and not always as much of it. */
const RESIDENT_ROOM = 48 * 2 ** 20

interface Told {
  readonly rss: number
  readonly heapUsed: number
  readonly external: number
  readonly files: number
  readonly resources: number
}

const folder = mkdtempSync(join(tmpdir(), 'som-soak-'))
const data = join(folder, 'data')
const names = Array.from({ length: 16 }, (_, f) => `f${f}`)
const rows = Array.from({ length: 2000 }, (_, i) => names.map((_, f) => Math.sin(i * (f + 1)) + Math.cos(i * 0.37 * f)))
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
let server: ChildProcess
let address: string
let model: Uint8Array
let arrow: Uint8Array
let requests = 0

beforeAll(async () => {
  const som = (
    await train({ samples: samplesOf(rows, names), lattice: { rows: 20, columns: 20 }, epochs: 2 }, { backend: js() })
  ).unwrapOrElse((issues) => {
    throw new Error(JSON.stringify(issues))
  })
  ;(await writeModel(join(folder, 'map.som'), som)).unwrapOrElse((problem) => {
    throw new Error(JSON.stringify(problem))
  })
  model = readFileSync(join(folder, 'map.som'))
  const resolve = createRequire(new URL('../../../packages/server/package.json', import.meta.url)).resolve
  const { RecordBatchStreamWriter, tableFromArrays } = await import(pathToFileURL(resolve('apache-arrow')).href)
  const column = (f: number) => Float32Array.from({ length: 20_000 }, (_, i) => rows[i % rows.length][f])
  const writer = new RecordBatchStreamWriter()
  for (const batch of tableFromArrays(Object.fromEntries(names.map((name, f) => [name, column(f)]))).batches)
    writer.write(batch)
  arrow = writer.finish().toUint8Array(true)
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  server = fork(
    new URL('soaked-server.ts', import.meta.url),
    ['--model', join(folder, 'map.som'), '--data', data, '--port', '0'],
    {
      execArgv: ['--expose-gc', '--import', tsx, '--conditions=@som/source'],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  )
  address = await new Promise((resolve) => {
    server.stdout?.on('data', (text) => {
      const [, found] = /at (http:\S+)/.exec(String(text)) ?? []
      if (found !== undefined) resolve(found)
    })
  })
})
afterAll(async () => {
  agent.destroy()
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
  rmSync(folder, { recursive: true, force: true })
})

const memory = (): Promise<Told> =>
  new Promise((resolve) => {
    server.once('message', (told) => resolve(told as Told))
    server.send('tell')
  })

/** Asks, and gives the status and what was answered. */
function ask(method: string, path: string, type = '', body: string | Uint8Array = ''): Promise<[number, Buffer]> {
  requests++
  return new Promise((resolve, reject) => {
    const headers = { ...(type && { 'content-type': type }), 'content-length': Buffer.byteLength(body) }
    const call = request(`${address}${path}`, { agent, method, headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part) => parts.push(part))
      answer.once('error', reject)
      answer.once('end', () => resolve([answer.statusCode ?? 0, Buffer.concat(parts)]))
    })
    call.once('error', reject)
    call.end(body)
  })
}

async function asked(status: number, ...words: Parameters<typeof ask>): Promise<Buffer> {
  const [found, bytes] = await ask(...words)
  if (found !== status) throw new Error(`${words[0]} ${words[1]}: ${found} ${bytes.toString().slice(0, 300)}`)
  return bytes
}

const toldBy = async (...words: Parameters<typeof asked>) => JSON.parse(String(await asked(...words)))

/** Some of all that the server does. */
async function round(number: number): Promise<void> {
  const one = (i: number): string => JSON.stringify({ instances: [rows[i % rows.length]] })
  const few = (from: number): Promise<void> =>
    Array.from({ length: SINGLES / AT_ONCE }, (_, i) => i).reduce(
      (before, i) =>
        before.then(() => asked(200, 'POST', '/v1/match', 'application/json', one(from + i)).then(() => {})),
      Promise.resolve(),
    )
  await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => few(i * 100)))
  await asked(400, 'POST', '/v1/match', 'application/json', '{"instances": [["x"]]}')
  await asked(200, 'POST', '/v1/match', 'application/x-ndjson', rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  await asked(200, 'POST', '/v1/match', 'application/vnd.apache.arrow.stream', arrow)
  await asked(400, 'POST', '/v1/match', 'application/vnd.apache.arrow.stream', 'nonsense')
  await asked(200, 'GET', '/v1/plots/u-matrix.svg')
  await asked(200, 'GET', '/v1/plots/u-matrix.png')
  await asked(200, 'POST', '/v1/report.html', 'application/json', JSON.stringify({ instances: rows.slice(0, 20) }))
  const { version } = await toldBy(201, 'POST', '/v1/maps/soak/versions', 'application/octet-stream', model)
  await asked(200, 'POST', `/v1/maps/soak/versions/${version}/match`, 'application/json', one(number))
  await asked(204, 'DELETE', `/v1/maps/soak/versions/${version}`)
  if (number % ROUNDS_A_JOB === 0) {
    const table = `${names.join(',')}\n${rows
      .slice(0, 300)
      .map((row) => row.join(','))
      .join('\n')}\n${names.map(() => number).join(',')}\n`
    const { upload } = await toldBy(201, 'POST', '/v1/tables', 'text/csv', table)
    const job = { map: 'made', table: { upload }, options: { lattice: { rows: 5, columns: 5 }, epochs: 3 } }
    const { id } = await toldBy(202, 'POST', '/v1/jobs', 'application/json', JSON.stringify(job))
    for (let state = 'queued'; state !== 'done'; ) {
      ;({ state } = await toldBy(200, 'GET', `/v1/jobs/${id}`))
      expect(['queued', 'running', 'done']).toContain(state)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  await asked(200, 'POST', '/v1/collect')
}

test('a server that does all it can for long keeps no memory, no handle and no file of it', {
  timeout: SECONDS * 3000 + 60_000,
}, async () => {
  const told: Told[] = []
  const until = performance.now() + SECONDS * 1000
  for (let number = 0; performance.now() < until || told.length < 12; number++) {
    await round(number)
    told.push(await memory())
  }
  // The first third warms up.
  const third = Math.floor(told.length / 3)
  const median = (from: number, of: (each: Told) => number): number => {
    const values = told
      .slice(from, from + third)
      .map(of)
      .sort((a, b) => a - b)
    return values[values.length >> 1]
  }
  const grown = (of: (each: Told) => number): number => median(told.length - third, of) - median(third, of)
  const tenths = Array.from({ length: 10 }, (_, i) => told[Math.ceil(((i + 1) * told.length) / 10) - 1].rss)
  const [heap, resident] = [grown(({ heapUsed, external }) => heapUsed + external), grown(({ rss }) => rss)]
  console.log(
    `soak: ${requests} requests in ${SECONDS} s, ${told.length} rounds; heap and buffers ${heap} bytes more, resident ${resident} bytes more (in all, by tenths of the rounds: ${tenths.map((rss) => Math.round(rss / 1e6)).join(', ')} MB)`,
  )
  expect(heap).toBeLessThan(HEAP_ROOM)
  expect(resident).toBeLessThan(RESIDENT_ROOM)
  // Connections that are kept for the next request are no more than there were.
  expect(grown(({ files }) => files)).toBeLessThanOrEqual(AT_ONCE)
  expect(grown(({ resources }) => resources)).toBeLessThanOrEqual(AT_ONCE)
  expect(readdirSync(join(data, 'jobs'))).toEqual([])
  const left = [...readdirSync(join(data, 'models')), ...readdirSync(join(data, 'tables'))]
  expect(left.filter((name) => !/^[0-9a-f]{64}\.\w+$/.test(name))).toEqual([])
})
