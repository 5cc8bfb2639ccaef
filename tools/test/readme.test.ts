import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServeProcess, serveProcess } from '../../packages/server/test/serve-process.ts'
import { compiledBlock, compiledPackages, compiledSom, projectOf } from './compiled.ts'
import { commandsOf } from './typed/commands.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = await projectOf('cli')
const client = mkdtempSync(join(tmpdir(), 'som-client-'))
/** What the client's example asks: a server of a map of two features. */
let server: ServeProcess
mkdirSync(join(client, 'node_modules', '@som'), { recursive: true })
symlinkSync(join(await compiledPackages(), 'client'), join(client, 'node_modules', '@som', 'client'), 'junction')
beforeAll(async () => {
  writeFileSync(join(folder, 'ab.csv'), 'a,b\n1,2\n3,5\n4,1\n7,8\n')
  const words = ['train', 'ab.csv', '-o', 'ab.som', '--size', '2x2']
  execFileSync(process.execPath, [await compiledSom(), ...words], { cwd: folder, stdio: 'pipe' })
  server = await serveProcess(['--model', join(folder, 'ab.som')])
})
afterAll(async () => {
  const ended = once(server.child, 'exit')
  server.child.kill()
  await ended
  for (const project of [folder, client]) rmSync(project, { recursive: true })
})

// The table that the examples read.
writeFileSync(
  join(folder, 'flowers.csv'),
  'species,year,sepal_length,sepal_width,petal_length\nsetosa,1935,5.1,3.5,1.4\nsetosa,1935,4.9,3,\nversicolor,1936,7,3.2,4.7\n',
)

const readmes = ['README.md', ...readdirSync(join(root, 'packages')).map((name) => join('packages', name, 'README.md'))]

describe('what the readmes show', () => {
  for (const readme of readmes) {
    const text = readFileSync(join(root, readme), 'utf8')
    const blocks = [...text.matchAll(/^```[jt]s\n(.*?)^```$/gms)].map(([, code]) => code)
    const commands = commandsOf(readme).filter(({ text }) => /\bsom\b/.test(text))
    blocks.forEach((code, i) => {
      it(`code block ${i + 1} of ${readme} runs unchanged`, () => {
        const project = readme === 'packages/client/README.md' ? client : folder
        const file = join(project, `block-${i}.mjs`)
        writeFileSync(file, compiledBlock(code.replaceAll('http://127.0.0.1:8080', server.address)))
        expect(() => execFileSync(process.execPath, [file], { cwd: project, stdio: 'pipe' })).not.toThrow()
      })
    })
    it(`${readme} has an example`, () => expect(blocks.length + commands.length).toBeGreaterThan(0))
    it(`every link of ${readme} to a file leads somewhere`, () => {
      const links = [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link]) => link)
      const broken = links.filter((link) => !/^https?:/.test(link) && !existsSync(join(root, dirname(readme), link)))
      expect(broken).toEqual([])
    })
  }
})
