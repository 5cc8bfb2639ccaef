// What must be true of the published packages: each fact is shown in an empty project of its own.
import { strict as assert } from 'node:assert'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loggedInBrowser } from './browser.mjs'
import { imageOf } from './image.mjs'
import { served } from './served.mjs'
import { typedFacts } from './typed.mjs'

const NODE_TYPES = { types: ['node'] }
const TABLE = `kind,length,width\n${Array.from({ length: 30 }, (_, i) => `k${i % 3},${i % 7},${(i * i) % 11}`).join('\n')}\n`

/** Installs a package alone and runs a use of it under strict types; gives what it printed. */
async function useAlone(project, name, ...words) {
  await project.install(`@som/${name}`, '@types/node@20', ...words)
  return (await project.node(await project.compile(name, NODE_TYPES))).trim()
}

/** Asks a server about one row; gives the status. */
async function ask(address) {
  const body = JSON.stringify({ dataframe_records: [{ a: 1, b: 2 }] })
  const headers = { 'content-type': 'application/json' }
  return (await fetch(`${address}/invocations`, { method: 'POST', headers, body })).status
}

/**
 * The facts that can be shown with this browser, this machine's addon (each null where there is none) and the
 * WebAssembly module.
 */
export function facts({ browser, triple, hasModule }) {
  const withBrowser = async (project) => {
    await project.install('@som/core')
    assert.deepEqual(project.installed('@som'), ['core'], 'core brings no other package of ours')
    const file = await project.compile('core', { lib: ['es2023', 'dom'] })
    const inNode = (await project.node(file)).trim()
    assert.match(inNode, /^codebook [0-9a-f]+, unit \d+$/)
    if (browser === null) return
    const logged = await loggedInBrowser(file, project.folder, browser)
    for (const [bundler, line] of Object.entries(logged)) assert.equal(line, inNode, `bundled by ${bundler}`)
  }
  const list = {
    '@som/core gives the same bits in Node and, bundled by esbuild and by vite, in a browser': withBrowser,
    '@som/native without its platform package falls back to WebAssembly, else to js, and says what to install': async (
      project,
    ) => {
      const [backend, reason] = (await useAlone(project, 'native', '--omit=optional')).split('\n')
      assert.deepEqual(project.installed('@som'), ['core', 'native'])
      assert.equal(backend, hasModule ? 'wasm' : 'js')
      assert.match(reason, /no addon for .+; install @som\/native-/)
    },
    '@som/server alone serves a map, from a program and by npx @som/server': async (project) => {
      assert.equal(await useAlone(project, 'server'), '200 number')
      assert.ok(!project.installed('@som').includes('native'))
      if (process.platform === 'win32') return
      const words = ['--yes', '@som/server', '--model', 'map.som']
      const { answer, said } = await served({ command: 'npx', words, cwd: project.folder, env: project.env }, ask)
      assert.equal(answer, 200)
      assert.match(said, /js backend, not native: @som\/native is not installed/)
      await project.install('@som/native')
      const beside = await served({ command: 'npx', words, cwd: project.folder, env: project.env }, ask)
      assert.equal(beside.answer, 200)
      assert.match(beside.said, triple === null ? /js backend, not native: no addon/ : /, native backend\)/)
    },
    '@som/io reads a table, and writes a map that it reads again': async (project) => {
      writeFileSync(join(project.folder, 'table.csv'), TABLE)
      assert.equal(await useAlone(project, 'io'), 'length width')
    },
    '@som/plot draws a map': async (project) => assert.equal(await useAlone(project, 'plot'), '<svg'),
    '@som/tracking puts a run on record': async (project) =>
      assert.equal(await useAlone(project, 'tracking'), '3 true'),
    '@som/client asks a server about its map, for the units of rows, and what is wrong with others': async (
      project,
    ) => {
      await project.install('@som/client')
      assert.deepEqual(project.installed('@som'), ['client'], 'the client brings no other package of ours')
      const printed = await useAlone(project, 'client', '@som/server')
      assert.equal(printed, '401 without a key\na map of 4 rows\n2 units\n400 for instances[0].a')
    },
    '@som/recipes finds the colours of an image, groups of rows, and the reading that is not normal': async (
      project,
    ) => {
      const [colours, groups, levels] = (await useAlone(project, 'recipes')).split('\n')
      assert.deepEqual(project.installed('@som'), ['core', 'recipes'])
      assert.equal(colours, '#1428b4 #1ea03c #c81e1e as PNG')
      assert.equal(groups, '50 50 50; a new row is of high spent')
      assert.equal(levels, 'normal alarm by out')
    },
    'npx @som/cli trains, matches and draws in a folder that has nothing': async (project) => {
      writeFileSync(join(project.folder, 'table.csv'), TABLE)
      await project.npx('train', 'table.csv', '-o', 'map.som', '--label', 'kind')
      await project.npx('match', 'map.som', 'table.csv', '-o', 'units.csv')
      await project.npx('plot', 'u-matrix', 'map.som', '-o', 'map.png')
      assert.match(project.read('units.csv'), /^kind,length,width,unit,/)
      assert.match(await project.npx('inspect', 'map.som'), triple === null ? /js/ : /native/)
    },
  }
  if (process.platform !== 'win32') Object.assign(list, typedFacts())
  if (process.platform !== 'win32')
    list["the image's steps leave a server that answers, to those with a key, and ends when it is told to"] = async (
      project,
    ) => {
      const { steps, entry } = imageOf(project.folder)
      const [install, ...rest] = steps
      await project.shell(install, { SOM_VERSION: 'latest' })
      writeFileSync(join(project.folder, 'table.csv'), TABLE)
      await project.npx('train', 'table.csv', '-o', 'map.som', '--label', 'kind')
      for (const step of rest) await project.shell(step)
      const key = 'a-key-of-16-letters'
      const env = { SOM_MODEL: join(project.folder, 'map.som'), SOM_API_KEYS: key }
      const { answer, code } = await served({ command: process.execPath, words: entry, env }, async (address) => {
        const without = await fetch(`${address}/v1/map`)
        const withKey = await fetch(`${address}/v1/map`, { headers: { 'x-api-key': key } })
        return [without.status, withKey.status]
      })
      assert.deepEqual(answer, [401, 200])
      assert.equal(code, 0)
    }
  if (triple !== null)
    list['@som/native brings the addon of this machine alone, and trains by it'] = async (project) => {
      const printed = await useAlone(project, 'native')
      assert.deepEqual(project.installed('@som'), ['core', 'native', `native-${triple}`])
      assert.equal(printed, 'native')
    }
  return list
}

/** The versions and changelogs of a checkout that its changesets have turned into versions. */
export function checkVersions(manifests, changelogs) {
  for (const { name, version } of manifests)
    assert.notEqual(version, '0.0.0', `${name}: no changeset gave it a version`)
  for (const [name, text] of Object.entries(changelogs)) {
    assert.match(text, /^# @som\//, `${name}: a changelog begins with its package`)
    assert.match(text, /^## \d+\.\d+\.\d+$/m, `${name}: a changelog names versions`)
    assert.match(text, /^- (.+ \([0-9a-f]{7}\)|Goes with .+\.)$/m, `${name}: a changelog says what changed`)
  }
}
