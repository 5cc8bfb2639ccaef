import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { compiledSom } from '../../../../tools/test/compiled.ts'
import { start } from '../../test/harness.ts'

const main = await compiledSom()
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'som-agent-')))
const outside = realpathSync(mkdtempSync(join(tmpdir(), 'som-outside-')))
const clients: Client[] = []
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()))
  for (const each of [folder, outside]) rmSync(each, { recursive: true })
})

const table = `length,width,kind\n${Array.from({ length: 60 }, (_, i) => `${(i % 3) + Math.sin(i) / 9},${5 * (i % 3) + Math.cos(i)},k${i % 3}`).join('\n')}\n`
writeFileSync(join(folder, 'rows.csv'), table)
writeFileSync(join(outside, 'secret.csv'), table)
symlinkSync(join(outside, 'secret.csv'), join(folder, 'link.csv'))
symlinkSync(outside, join(folder, 'way'))

async function agent(...words: string[]): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  clients.push(client)
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [main, 'mcp', ...words] }))
  return client
}

async function called(client: Client, name: string, given: Record<string, unknown>) {
  const { content, isError } = await client.callTool({ name, arguments: given })
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('\n')
  const picture = content.find((part) => part.type === 'image')
  return { text, picture, isError: isError === true }
}

test('an agent looks at a table, trains a map, clusters it, matches rows and sees a picture', async () => {
  const client = await agent(folder)
  expect((await called(client, 'list_files', {})).text).toBe(`rows.csv  ${table.length} bytes`)
  const look = JSON.parse((await called(client, 'look_at_table', { table: 'rows.csv' })).text)
  expect(look.columns.map(({ name, use }: { name: string; use: string }) => [name, use === 'feature'])).toEqual([
    ['length', true],
    ['width', true],
    ['kind', false],
  ])
  const trained = await called(client, 'train_map', {
    table: 'rows.csv',
    output: 'map.som',
    size: '5x6',
    target: ['kind'],
  })
  expect(JSON.parse(trained.text.split('\n')[0])).toMatchObject({
    output: 'map.som',
    rows: 60,
    features: ['length', 'width'],
  })
  const grouped = { map: 'map.som', output: 'map.som', overwrite: true, count: 3, names: ['low', 'a, b', 'high'] }
  expect(JSON.parse((await called(client, 'find_clusters', grouped)).text).clusters.map(({ name }: { name: string }) => name)).toEqual(grouped.names) // biome-ignore format: one fact
  const matched = (await called(client, 'match_rows', { map: 'map.som', table: 'rows.csv' })).text.split('\n')
  expect(JSON.parse(matched[0])).toMatchObject({ kind: 'k0', unit: expect.any(Number), cluster: expect.any(Number) })
  expect(matched[20]).toBe('… only the first 20 rows; name an output for all')
  // The file that the rows came from is gone, and not named.
  expect(JSON.parse(matched[21])).not.toHaveProperty('output')
  const predicted = await called(client, 'predict_rows', { map: 'map.som', table: 'rows.csv' })
  expect(JSON.parse(predicted.text.split('\n')[0])).toMatchObject({ kind_predicted: 'k0' })
  const { picture } = await called(client, 'draw_map', { kind: 'u-matrix', map: 'map.som' })
  const { format, width } = await sharp(Buffer.from(picture?.type === 'image' ? picture.data : '', 'base64')).metadata()
  expect([format, width !== undefined && width > 200]).toEqual(['png', true])
})

test('nothing outside the folder is read, and no file is replaced without overwrite', async () => {
  const client = await agent(folder)
  const refused = async (name: string, given: Record<string, unknown>) => {
    const { text, isError } = await called(client, name, given)
    expect(isError).toBe(true)
    return text
  }
  const away = [
    join(outside, 'secret.csv'),
    '../'.repeat(20).concat(join(outside, 'secret.csv').slice(1)),
    ...['link.csv', 'way/secret.csv', '*.csv', 'http://127.0.0.1/x.csv', "SELECT * FROM 'rows.csv'", '-', '', 'a\0b'],
  ]
  for (const name of away.filter((each) => each !== ''))
    expect(await refused('look_at_table', { table: name })).toMatch(/^table: expected a file in .*, found none at /)
  expect(await refused('look_at_table', { table: 'x.duckdb' })).toMatch(/^table: expected another table than of DuckDB/)
  const kept = await refused('train_map', { table: 'rows.csv', output: 'rows.csv' })
  expect(kept).toBe('output: "rows.csv" is there already; overwrite: true replaces it')
  for (const output of ['../map.som', join(outside, 'map.som'), 'way/map.som'])
    expect(await refused('train_map', { table: 'rows.csv', output })).toMatch(/^output: expected a file in /)
  expect(await refused('train_map', { table: 'rows.csv', output: 'way', overwrite: true })).toMatch(/something else/)
  expect(existsSync(join(outside, 'map.som'))).toBe(false)
  expect(await refused('train_map', { table: 'link.csv', output: '../map.som' })).toMatch(/^table: .*\noutput: /)
})

test('an argument that a tool does not have is refused, and no value becomes a flag', async () => {
  const client = await agent(folder)
  const unknown = await called(client, 'train_map', { table: 'rows.csv', output: 'm.som', epoch: 3 })
  expect([unknown.isError, unknown.text]).toEqual([
    true,
    expect.stringMatching(/no such argument; did you mean epochs\?$/),
  ])
  const flag = await called(client, 'train_map', { table: 'rows.csv', output: 'm.som', label: '--track=jsonl:x' })
  expect([flag.isError, flag.text]).toEqual([
    true,
    expect.stringMatching(/^error: --label: expected a column named "--track=jsonl:x", found none/),
  ])
})

test('a call is ended at the limit, and the next one is answered', async () => {
  const client = await agent(folder, '--limit', '1')
  const long = { table: 'rows.csv', output: 'long.som', epochs: 100_000_000 }
  const { text, isError } = await called(client, 'train_map', long)
  expect([isError, text]).toEqual([true, expect.stringMatching(/^train was ended before it was done/)])
  expect((await called(client, 'list_files', {})).text).toContain('rows.csv')
})

test('read-only has no tool that writes, and no way to name an output', async () => {
  const { tools } = await (await agent(folder, '--read-only')).listTools()
  expect(tools.map(({ name }) => name)).not.toContain('train_map')
  for (const { inputSchema, annotations } of tools) {
    expect(inputSchema.properties ?? {}).not.toHaveProperty('output')
    expect(annotations?.readOnlyHint).toBe(true)
  }
})

test('ends when its input ends, and refuses what is not a folder', async () => {
  expect(await start(['mcp', folder]).ended).toEqual({ code: 0, out: '', err: '' })
  const { code, err } = await start(['mcp', join(folder, 'rows.csv')]).ended
  expect([code, err]).toEqual([2, `error: ${join(folder, 'rows.csv')}: expected a folder\n`])
})
