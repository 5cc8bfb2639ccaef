import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { som } from '../../test/harness.ts'
import { type Session, sessionOf } from './session.ts'
import { startStudio } from './studio-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-studio-'))
const csv = join(folder, 'rows.csv')
writeFileSync(csv, 'a,b\n1,2\n3,4\n')
let session: Session
let studio: { readonly address: string; stop(): Promise<void> }

const page = { type: 'text/html; charset=utf-8', isLasting: false, read: () => Buffer.from('<!doctype html>') }
const must = <T>(result: { isOk: boolean } & object): T => {
  if (!('value' in result)) throw new Error(JSON.stringify(result))
  return result.value as T
}

beforeAll(async () => {
  session = must(await sessionOf(csv, undefined))
  studio = must(await startStudio({ files: new Map([['/', page]]), session, port: 0 }))
})
afterAll(async () => {
  await studio.stop()
  session.close()
  rmSync(folder, { recursive: true })
})

/** Asks with any headers, also those that fetch would not send; gives status and text. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<[number, string]> {
  const { port } = new URL(studio.address)
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, method }, (answer) => {
      let text = ''
      answer.on('data', (part) => {
        text += part
      })
      answer.on('end', () => resolve([answer.statusCode ?? 0, text]))
    })
    sent.on('error', reject)
    sent.end()
  })
}

const token = (): string => new URL(studio.address).hash.replace('#token=', '')

it('the table is for who has the token of the address, and for nobody else', async () => {
  for (const path of ['/api/session', '/api/table', '/api/map']) {
    expect((await ask(path))[0]).toBe(401)
    expect((await ask(path, { 'x-som-token': 'a guess' }))[0]).toBe(401)
  }
  expect(await ask('/api/table', { 'x-som-token': token() })).toEqual([200, 'a,b\n1,2\n3,4\n'])
  const [status, text] = await ask('/api/session', { 'x-som-token': token() })
  expect([status, JSON.parse(text)]).toMatchObject([
    200,
    { table: { name: 'rows.csv', path: csv, bytes: 12 }, map: null },
  ])
})

it('a name that another server gave to the address is refused, and so is what only writes', async () => {
  expect((await ask('/', { host: 'evil.example.org' }))[0]).toBe(421)
  expect((await ask('/', { host: '127.0.0.1.evil.example.org' }))[0]).toBe(421)
  expect((await ask('/', {}, 'POST'))[0]).toBe(405)
})

it('only files of the page can be asked for', async () => {
  expect(await ask('/')).toEqual([200, '<!doctype html>'])
  for (const path of ['/../package.json', '/..%2f..%2fetc/passwd', '//etc/passwd', '/assets/', '/nothing'])
    expect((await ask(path))[0]).toBe(404)
})

it('every answer forbids scripts from elsewhere and frames', async () => {
  const answer = await fetch(studio.address)
  const policy = answer.headers.get('content-security-policy')
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe-inline')
})

it('a table that pages cannot read becomes one that they can', async () => {
  const ndjson = join(folder, 'rows.ndjson')
  writeFileSync(ndjson, '{"a":1,"b":"x"}\n{"a":2.5,"b":null}\n')
  const other: Session = must(await sessionOf(ndjson, undefined))
  expect(other.table).toMatchObject({ name: 'rows.csv', path: ndjson })
  let text = ''
  for await (const part of other.table?.read() ?? []) text += part
  expect(text).toBe('a,b\n1.0,x\n2.5,\n')
  other.close()
})

it('files that are not there, a second table and a wrong port are refused with all that is wrong', async () => {
  const missing = await som('studio', join(folder, 'nowhere.csv'), '--no-open')
  expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('nowhere.csv')])
  const { code, err } = await som('studio', 'a.csv', 'b.csv', '--port', '70000', '--prot', '1')
  expect(code).toBe(2)
  expect(err).toContain('b.csv: expected at most one table')
  expect(err).toContain('--port: expected an integer from 0 to 65535, found 70000')
  expect(err).toContain('did you mean --port?')
})
