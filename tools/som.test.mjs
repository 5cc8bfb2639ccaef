import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { freePort } from './lib/free-port.mjs'
import { root } from './lib/process.mjs'

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

test('a training job of a server that runs from the sources trains', async () => {
  const port = await freePort()
  const server = spawn(
    process.execPath,
    ['--conditions=@som/source', join('tools', 'som.mjs'), 'serve', '--data', 'maps', '--port', String(port)],
    { cwd: root, env: { ...process.env, INIT_CWD: folder }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = once(server, 'exit')
  onTestFinished(async () => {
    server.kill()
    await ended
  })
  const at = `http://127.0.0.1:${port}`
  await expect
    .poll(() =>
      fetch(`${at}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    )
    .toBe(true)
  const posted = (path, type, body) =>
    fetch(`${at}${path}`, { method: 'POST', headers: { 'content-type': type }, body }).then((answer) => answer.json())
  const table = readFileSync(join(root, 'examples', 'penguins', 'penguins.csv'))
  const { upload } = await posted('/v1/tables', 'text/csv', table)
  const request = { map: 'penguins', table: { upload }, options: { epochs: 2 } }
  const { id } = await posted('/v1/jobs', 'application/json', JSON.stringify(request))
  const job = () => fetch(`${at}/v1/jobs/${id}`).then((answer) => answer.json())
  await expect.poll(async () => (await job()).state).toMatch(/done|failed/)
  expect(await job()).toMatchObject({ state: 'done', issues: [], attempts: 1 })
})
