import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { writeAside } from './write-aside.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-temporary-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('a write removes what a killed process left of the same file, and nothing of other files, processes or machines', async () => {
  const { pid: ended } = spawnSync(process.execPath, ['--version'])
  const [here, there] = [hostname(), `${hostname()}-2`]
  const left = `.out.csv.${here}-${ended}-0.tmp`
  const kept = [
    `.out.csv.${here}-${process.pid}-99.tmp`,
    `.out.csv.${there}-${ended}-0.tmp`,
    `.other.csv.${here}-${ended}-0.tmp`,
    `.out.csv.${here}-${ended}-0.tmp.csv`,
  ]
  for (const name of [left, ...kept]) writeFileSync(join(folder, name), 'a part')
  const path = join(folder, 'out.csv')
  expect((await writeAside(path, (put) => put('all'))).isOk).toBe(true)
  expect(readFileSync(path, 'utf8')).toBe('all')
  expect(readdirSync(folder).sort()).toEqual([...kept, 'out.csv'].sort())
})
