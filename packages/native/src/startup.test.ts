import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { projectOf } from '../../../tools/test/compiled.ts'
import { loadNative } from './load.ts'

/** The modules that a program of a user loads from the import of a package to the end of its first epoch. */
async function loadedBy(open: string): Promise<string[]> {
  const project = await projectOf('cli')
  const program = `
    import { Session } from 'node:inspector'
    const loaded = []
    const session = new Session()
    session.connect()
    session.on('Debugger.scriptParsed', ({ params: { url } }) => url.startsWith('file:') && loaded.push(url))
    session.post('Debugger.enable')
    const backend = ${open}
    const matrix = { rows: 2, columns: 1, data: Float32Array.of(0, 1) }
    const lattice = { cell: 'rectangular', shape: 'sheet', rows: 1, columns: 2 }
    const opened = await backend.open({ lattice, metric: 'euclidean', kernel: 'gaussian' }, { matrix }, matrix)
    await opened.epoch({ rule: 'batch', radius: 1 })
    opened.close()
    process.stdout.write(JSON.stringify(loaded))`
  try {
    const ran = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, SOM_NATIVE_PATH: loadNative().match({ Ok: ({ from }) => from, Err: () => '' }) },
    })
    expect(ran.stderr).toBe('')
    const urls: string[] = JSON.parse(ran.stdout)
    return urls.filter((url) => url.endsWith('.js')).map((url) => url.split('/').slice(-3).join('/'))
  } finally {
    rmSync(project, { recursive: true })
  }
}

/** What the Result library is made of, which is not ours to put into one file. */
const RESULT = ['true-myth/dist/result.js', 'true-myth/dist/unit.js', 'dist/-private/utils.js']

test('a first epoch of @som/core in Node loads one file of it', async () => {
  const loaded = await loadedBy(`(await import('@som/core')).js()`)
  expect(loaded.sort()).toEqual([...RESULT, 'core/dist/node.js'].sort())
})

test.skipIf(loadNative().isErr)(
  'a first epoch of @som/native in Node loads one file of it, and one of core',
  async () => {
    const loaded = await loadedBy(`(await import('@som/native')).native()`)
    expect(loaded.sort()).toEqual([...RESULT, 'core/dist/node.js', 'native/dist/node.js'].sort())
  },
)
