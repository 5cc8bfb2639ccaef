import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from './process.mjs'

const folder = mkdtempSync(join(tmpdir(), 'som-from-checkout-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The command as `npm run -s som --` starts it when it is called in `folder`. */
const som = (...args) =>
  spawnSync(process.execPath, ['--conditions=@som/source', join('tools', 'som.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, INIT_CWD: folder },
    encoding: 'utf8',
  })

test("a path is taken from the caller's folder, not from the workspace's", () => {
  copyFileSync(join(root, 'examples', 'penguins', 'penguins.csv'), join(folder, 'data.csv'))
  const { status, stderr } = som('train', 'data.csv', '-o', 'map.som', '--size', '3x4', '--epochs', '1')
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(existsSync(join(folder, 'map.som'))).toBe(true)
})

test("the command's exit code is the launcher's", () => {
  expect(som('inspect', 'absent.som').status).toBe(1)
  expect(som('no-such-command').status).toBe(2)
})
