import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { js, samplesOf, train } from '@som/core'
import { writeModel } from '@som/io'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerAndEnd, serveProcess } from '../../test/serve-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-server-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const map = join(folder, 'map.som')

beforeAll(async () => {
  const samples = samplesOf([[1, 2], [3, 5], [4, 1], [7, 8]], ['a', 'b']) // biome-ignore format: a table
  const trained = await train({ samples, lattice: { rows: 2, columns: 2 } }, { backend: js() })
  if (trained.isErr || (await writeModel(map, trained.value)).isErr) throw new Error('no map')
})

/** What is stated by a server that does not start. */
const refusalOf = (words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> =>
  serveProcess(words, { environment }).then(
    ({ child }) => {
      child.kill()
      throw new Error('it serves')
    },
    (error: Error) => error.message,
  )

test('som-server says where it is and on which backend, answers, and ends by SIGTERM with code 0', async () => {
  const server = await serveProcess(['--model', map])
  expect(server.line).toBe(`serving ${map} at ${server.address} (no keys, js backend)`)
  const { predictions, code } = await answerAndEnd(server)
  expect(predictions).toHaveLength(1)
  expect(code).toBe(0)
})

test.each(['SIGHUP', 'SIGQUIT'] as const)('som-server ends by %s with code 0, as by SIGTERM', async (signal) => {
  const { child } = await serveProcess(['--model', map])
  const ended = new Promise((resolve) => child.once('exit', (code, by) => resolve(code ?? by)))
  child.kill(signal)
  expect(await ended).toBe(0)
})

test('a wish to end that arrives twice, as npx sends it, lets a request that has begun end', async () => {
  const { child, address } = await serveProcess(['--model', map])
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const { hostname, port } = new URL(address)
  const connection = connect(Number(port), hostname)
  const body = '{"instances": [[1, 2]]}'
  const head = `POST /invocations HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
  await new Promise((resolve) => connection.write(head + body.slice(0, 5), resolve))
  // An answer to another that was sent later shows that this one was begun with.
  await fetch(`${address}/ping`)
  for (let i = 0; i < 2; i++) child.kill('SIGTERM')
  await expect.poll(() => fetch(`${address}/ping`).catch(() => 'closed')).toBe('closed')
  connection.end(body.slice(5))
  let answer = ''
  for await (const part of connection) answer += part
  expect(answer).toMatch(/^HTTP\/1.1 200 /)
  expect(await ended).toBe(0)
})

test('som-server ends with code 2 at wrong flags, environment and file of settings, and reports every issue', async () => {
  const settings = join(folder, 'som.json')
  writeFileSync(settings, '{"hots": "127.0.0.1", "backend": "cuda"}')
  const words = ['--config', settings, '--prot', '1', '--max-rows', '0']
  const said = await refusalOf(words, { SOM_THREADS: 'many' })
  expect(said).toMatch(/^ended with 2: /)
  expect(said.match(/(?<=error: ).*?(?=: )/g)).toEqual([
    ...['--prot', `${settings}.hots`, `${settings}.backend`, '--max-rows', 'SOM_THREADS', '--model'],
  ])
  expect(said).toContain('did you mean --port?')
})

test('som-server ends with code 1 where what it is given cannot be served', async () => {
  expect(await refusalOf(['--model', join(folder, 'absent.som')])).toMatch(/^ended with 1: error: .*absent\.som: /)
  expect(await refusalOf(['--data', folder, '--host', '0.0.0.0'])).toMatch(/^ended with 1: error: --host: /)
})
