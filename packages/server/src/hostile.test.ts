import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { js, samplesOf, train } from '@som/core'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../test/settings-for.ts'
import { createServer } from './index.ts'

const KEY = 'a-key-of-sixteen-or-more'
const BODY = '{"instances": [[1, 2]]}'
let app: FastifyInstance
let port: number

beforeAll(async () => {
  const samples = samplesOf([[1, 2], [3, 5], [4, 1], [7, 8]], ['a', 'b']) // biome-ignore format: a table
  const som = (await train({ samples, lattice: { rows: 2, columns: 2 }, epochs: 1 }, { backend: js() })).unwrapOrElse(
    () => {
      throw new Error('not trained')
    },
  )
  app = await createServer({ som, backend: js() }, settingsFor({}, { SOM_API_KEYS: KEY }))
  port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port)
})
afterAll(() => app.close())

/** What the server says to these bytes until it, or the last answer that was requested, ends the connection. */
async function sent(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes, 'latin1')
  let text = ''
  for await (const part of socket.setEncoding('latin1')) text += part
  return text
}

const statuses = (text: string): string[] => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status)

const head = (more: string, line = 'POST /invocations HTTP/1.1'): string =>
  `${line}\r\nhost: localhost\r\nx-api-key: ${KEY}\r\ncontent-type: application/json\r\n${more}\r\n`
const SECOND = head('connection: close\r\n', 'GET /v1/map HTTP/1.1')

describe('bytes that two servers may read as different requests', () => {
  it.each([
    [
      'a length and chunks',
      `${head(`content-length: ${BODY.length}\r\ntransfer-encoding: chunked\r\n`)}0\r\n\r\n${SECOND}`,
    ],
    ['two lengths', head(`content-length: ${BODY.length}\r\ncontent-length: 5\r\n`) + BODY + SECOND],
    ['a list of lengths', head('content-length: 5, 5\r\n') + BODY + SECOND],
    ['a length with a sign', head('content-length: +5\r\n') + BODY + SECOND],
    ['a negative length', head('content-length: -1\r\n') + BODY + SECOND],
    ['a length beyond numbers', head(`content-length: ${'9'.repeat(40)}\r\n`) + BODY + SECOND],
    ['chunks told twice', `${head('transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n')}0\r\n\r\n${SECOND}`],
    ['chunks by another name', `${head('transfer-encoding: xchunked\r\n')}0\r\n\r\n${SECOND}`],
    ['a space before a colon', `${head('transfer-encoding : chunked\r\n')}0\r\n\r\n${SECOND}`],
    ['a chunk of no number', `${head('transfer-encoding: chunked\r\n')}ZZ\r\n\r\n${SECOND}`],
    ['a chunk beyond numbers', `${head('transfer-encoding: chunked\r\n')}FFFFFFFFFFFFFFFFF\r\nx\r\n0\r\n\r\n${SECOND}`],
    ['lines without returns', head('').replaceAll('\r\n', '\n') + SECOND],
    ['a header on two lines', head('x-a: b\r\n c: d\r\n') + SECOND],
    ['a return within a header', head('x-a: b\rc: d\r\n') + SECOND],
    ['a NUL within a header', head('x-a: b\0c\r\n') + SECOND],
    ['no request', `GARBAGE\r\n\r\n${SECOND}`],
    ['HTTP/2', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${SECOND}`],
  ])('are refused, with what comes after them: %s', async (_, bytes) => {
    const said = await sent(bytes)
    expect(statuses(said)).toEqual(['400'])
    expect(said).toMatch(/application\/problem\+json.*"status":400/s)
  })

  it('headers without end are refused by a problem document', async () => {
    const said = await sent(head(`x-a: ${'a'.repeat(100_000)}\r\n`))
    expect([statuses(said), said.includes('application/problem+json')]).toEqual([['431'], true])
  })

  it('of a body that ends before its length, nothing is taken', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.end(head('content-length: 5000\r\n') + BODY)
    let text = ''
    for await (const part of socket.setEncoding('latin1')) text += part
    expect(statuses(text)).toEqual(['400'])
  })

  it('requests in one piece are answered one after the other, until one is refused before its body was read', async () => {
    const body = `content-length: ${BODY.length}\r\n`
    const without = (head(body) + BODY).replace(`x-api-key: ${KEY}\r\n`, '')
    expect(statuses(await sent(head(body) + BODY + head(body) + BODY + SECOND))).toEqual(['200', '200', '200'])
    expect(statuses(await sent(head(body) + BODY + without + SECOND))).toEqual(['200', '401'])
  })
})

describe('hosts', () => {
  const asked = (host: string, line = 'GET /v1/map HTTP/1.1'): Promise<string> =>
    sent(`${line}\r\n${host}x-api-key: ${KEY}\r\nconnection: close\r\n\r\n`)

  it.each([
    ['two', 'host: localhost\r\nhost: evil.com\r\n'],
    ['the same twice', 'host: localhost\r\nHost: localhost\r\n'],
    ['none', ''],
    ['an empty one', 'host:\r\n'],
    ['spaces', 'host:  \r\n'],
    ['a user', 'host: evil.com@127.0.0.1\r\n'],
    ['a path', 'host: localhost/a\r\n'],
    ['a query', 'host: localhost?a\r\n'],
    ['two names', 'host: localhost, evil.com\r\n'],
    ['an address with a scheme', 'host: http://localhost\r\n'],
    ['a port that is not a number', 'host: localhost:http\r\n'],
  ])('that a request may be for in two ways are refused: %s', async (_, host) => {
    const said = await asked(host)
    expect([statuses(said), said.includes('application/problem+json')]).toEqual([['400'], true])
  })

  it('of the target must be that of the header', async () => {
    const host = 'host: localhost:8080\r\n'
    for (const target of ['http://evil.com/v1/map', 'http://localhost/v1/map', 'http://localhost:8080@evil.com/v1/map'])
      expect(statuses(await asked(host, `GET ${target} HTTP/1.1`))).toEqual(['400'])
    expect(statuses(await asked(host, 'GET http://LOCALHOST:8080/v1/map HTTP/1.1'))).toEqual(['200'])
    for (const name of ['localhost', '127.0.0.1:80', '[::1]:8080', 'som_server.internal'])
      expect(statuses(await asked(`host: ${name}\r\n`))).toEqual(['200'])
  })
})

describe('paths', () => {
  it.each(['/v1/plots/%zz.svg', '/v1/plots/..%c0%af', '/%ff', `/v2/models/${'a'.repeat(5000)}/ready`])(
    'that cannot be read are refused by a problem document: %.30s',
    async (path) => {
      const said = await sent(head('connection: close\r\n', `GET ${path} HTTP/1.1`))
      expect(said).toMatch(/^HTTP\/1\.1 (400|404|414) .*application\/problem\+json/s)
      expect(said).not.toContain('FST_')
    },
  )
})

describe('bodies', () => {
  const post = (url: string, payload: string | Buffer, headers = {}) =>
    app.inject({
      ...{ method: 'POST', url, payload },
      headers: { 'x-api-key': KEY, 'content-type': 'application/json', ...headers },
    })
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  const tensor = (data: string): string =>
    `{"inputs": [{"name": "x", "shape": [1, 2], "datatype": "FP64", "data": ${data}}]}`

  it.each([
    ['/invocations', `{"instances": [[${deep}, 1]]}`],
    ['/invocations', `{"dataframe_split": {"columns": ["a", "b"], "data": [[1, ${deep}]]}}`],
    ['/invocations', `{"dataframe_records": [{"a": ${deep}, "b": 1}]}`],
    ['/invocations', `{"inputs": {"a": [${deep}], "b": [1]}}`],
    ['/v1/report.html', `{"instances": [[${deep}, 1]]}`],
    ['/v2/models/som/infer', tensor(`[${deep}, 1]`)],
    ['/v2/models/som/infer', tensor(`[[${deep}], 1]`)],
    ['/invocations', '{"dataframe_records": [{"__proto__": 1, "a": 1, "b": 2}]}'],
    ['/invocations', '{"instances": [{"constructor": {"prototype": {"a": 1}}, "a": 1, "b": 2}]}'],
    ['/invocations', '{"instances": [{"toString": 1, "valueOf": 2}]}'],
    ['/invocations', '{"instances": {"length": 1e9}}'],
    ['/invocations', '{"instances": [[1e999, 1]]}'],
    ['/invocations', '{"instances": [[NaN, 1]]}'],
    ['/v2/models/som/infer', tensor('[1e308, -1e308]').replace('[1, 2]', '[4294967296, 2]')],
  ])('that lead nowhere are refused: %s %.60s', async (url, payload) => {
    const { statusCode, body } = await post(url, payload)
    expect([statusCode, body.length < 1000]).toEqual([400, true])
  })

  it('lists and objects are reported as such, not written out', async () => {
    const some = '['.repeat(50) + ']'.repeat(50)
    const { body } = await post('/invocations', `{"instances": [[${some}, {"b": ${some}}]]}`)
    expect(JSON.parse(body).issues).toEqual([
      { path: 'instances[0].a', message: 'expected a number or null, found a list' },
      { path: 'instances[0].b', message: 'expected a number or null, found an object' },
    ])
  })

  it('that are compressed are refused, small as they may be', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, '['))
    for (const encoding of ['gzip', 'br', 'x, gzip']) {
      const found = await post('/invocations', bomb, { 'content-encoding': encoding })
      expect([found.statusCode, found.headers['accept-encoding']]).toEqual([415, 'identity'])
    }
    expect((await post('/invocations', BODY, { 'content-encoding': 'identity' })).statusCode).toBe(200)
  })
})
