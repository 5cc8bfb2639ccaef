import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { staleBundle } from './fresh.ts'
import { root } from './paths.ts'

test('a bundle older than a module that was compiled since is not measured', () => {
  const folder = mkdtempSync(join(tmpdir(), 'som-bundle-'))
  try {
    const stale = () => staleBundle([relative(join(root, 'packages'), folder)])
    const write = (name: string, seconds: number) => {
      writeFileSync(join(folder, 'dist', name), '')
      utimesSync(join(folder, 'dist', name), seconds, seconds)
    }
    mkdirSync(join(folder, 'dist', 'js'), { recursive: true })
    write('js/session.js', 100)
    write('node.js', 101)
    expect(stale()).toBeNull()
    write('js/session.js', 102)
    expect(stale()).toMatch(/newer than js.session\.js/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
