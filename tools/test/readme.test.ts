import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { compiledBlock, projectOf } from './compiled.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = await projectOf('cli')
afterAll(() => rmSync(folder, { recursive: true }))

// The table that the examples read.
writeFileSync(
  join(folder, 'flowers.csv'),
  'species,year,sepal_length,sepal_width,petal_length\nsetosa,1935,5.1,3.5,1.4\nsetosa,1935,4.9,3,\nversicolor,1936,7,3.2,4.7\n',
)

const readmes = ['README.md', ...readdirSync(join(root, 'packages')).map((name) => join('packages', name, 'README.md'))]

describe('what the readmes show', () => {
  for (const readme of readmes) {
    const text = readFileSync(join(root, readme), 'utf8')
    const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code)
    blocks.forEach((code, i) => {
      it(`code block ${i + 1} of ${readme} runs as it stands`, () => {
        const file = join(folder, `block-${i}.mjs`)
        writeFileSync(file, compiledBlock(code))
        expect(() => execFileSync(process.execPath, [file], { cwd: folder, stdio: 'pipe' })).not.toThrow()
      })
    })
    it(`every link of ${readme} to a file leads somewhere`, () => {
      const links = [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link]) => link)
      const broken = links.filter((link) => !/^https?:/.test(link) && !existsSync(join(root, dirname(readme), link)))
      expect(broken).toEqual([])
    })
  }
})
