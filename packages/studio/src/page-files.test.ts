import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { pageFiles } from './page-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-page-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('a page that is not built has no files', () => {
  expect(pageFiles(join(folder, 'nowhere'))).toBeNull()
})

it('the files of a page are those of its folder, by the paths of addresses', () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'assets', 'a.wasm'), 'x')
  const files = pageFiles(folder)
  expect([...(files?.keys() ?? [])].sort()).toEqual(['/', '/assets/a.wasm'])
  expect(files?.get('/')).toMatchObject({ type: 'text/html; charset=utf-8', isLasting: false })
  expect(files?.get('/assets/a.wasm')?.type).toBe('application/wasm')
  expect(files?.get('/assets/a.wasm')?.read().toString()).toBe('x')
})
