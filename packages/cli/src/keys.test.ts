import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { som } from '../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-keys-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('som keys makes a key that it tells once, lists and revokes it', async () => {
  const made = await som(
    'keys',
    'make',
    '--data',
    folder,
    '--scopes',
    'score,read',
    '--expires',
    '90d',
    '--limit',
    'rows=5',
    '--label',
    'ci',
  )
  expect(made.code).toBe(0)
  expect(made.out).toMatch(/^som_[\w-]{43}\n$/)
  const listed = await som('keys', 'list', '--data', folder)
  expect(listed.out).toMatch(/^[0-9a-f]{12} {2}score,read {2}made \S+ {2}expires \S+ {2}rows=5 {2}ci\n$/)
  const id = listed.out.slice(0, 12)
  expect((await som('keys', 'revoke', id, '--data', folder)).out).toBe(`revoked ${id}\n`)
  expect((await som('keys', 'revoke', id, '--data', folder)).code).toBe(1)
  expect((await som('keys', 'list', '--data', folder)).out).toContain('revoked 2')
})

test('som keys tells everything that cannot be', async () => {
  const { code, err } = await som('keys', 'give', '--scopes', 'all', '--expires', '2001-01-01', '--limit', 'rows=0')
  expect(code).toBe(2)
  expect(
    err
      .trimEnd()
      .split('\n')
      .map((line) => line.split(': ')[1]),
  ).toEqual(['som keys', '--data', '--scopes', '--limit rows', '--expires'])
})

test('a key that may add to maps is made for maps that are named, or for every map', async () => {
  const make = (...words: string[]) => som('keys', 'make', '--data', folder, '--scopes', 'read,train', ...words)
  expect(await make()).toMatchObject({
    code: 2,
    err: expect.stringMatching(/--maps: expected the maps .* '\*' for every/),
  })
  expect((await make('--maps', 'tides')).err).toMatch(/^\S+ {2}read,train {2}tides {2}made/)
  expect((await make('--maps', '*')).err).toMatch(/^\S+ {2}read,train {2}made/)
})
