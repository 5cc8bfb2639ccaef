import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { compiledBlock, projectOf } from './compiled.ts'
import { FIRST_PAGE } from './typed/commands.mjs'
import { compiledPlace } from './typed/compiled-place.ts'
import { putData } from './typed/data.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const guide = join(root, 'docs', 'guide')
const scratch = await projectOf('cli')
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const place = await compiledPlace(scratch)

/** How a block of each language but the shell's is run; `text` is what a program prints. */
const languages: Record<string, (code: string, folder: string, name: string) => void> = {
  ts: (code, folder, name) => {
    writeFileSync(join(folder, `${name}.mjs`), compiledBlock(code))
    execFileSync(process.execPath, [`${name}.mjs`], { cwd: folder, stdio: 'pipe' })
  },
  text: () => {},
  // services/spark.services.ts runs these.
  python: () => {},
  json: (code) => void JSON.parse(code),
}

const hasShell = process.platform !== 'win32'

describe('what the guide shows', () => {
  for (const page of readdirSync(guide)) {
    const folder = join(scratch, page)
    const text = readFileSync(join(guide, page), 'utf8')
    const blocks = [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, code]) => ({ language, code }))
    mkdirSync(folder, { recursive: true })
    putData(folder)
    // Commands of other pages are typed by services/pages.services.ts.
    if (`docs/guide/${page}` === FIRST_PAGE)
      it.skipIf(!hasShell)(`every command of docs/guide/${page} runs as typed`, async () => {
        expect(await place.typePage(`docs/guide/${page}`, folder)).toEqual([])
      })
    blocks.forEach(({ language, code }, i) => {
      if (language === 'sh') return
      it(`code block ${i + 1} of docs/guide/${page} runs unchanged`, () => {
        expect(Object.keys(languages)).toContain(language)
        expect(() => languages[language](code, folder, `block-${i}`)).not.toThrow()
      })
    })
    const included = [...text.matchAll(/^<<< ([^{\s]+)/gm)].map(([, file]) => file)
    if (page === 'index.md')
      it.skipIf(!hasShell)('the groups that the first page names are the species of those names', () => {
        const [header, ...rows] = readFileSync(join(folder, 'units.csv'), 'utf8').trimEnd().split('\n')
        const [species, cluster] = ['species', 'cluster_name'].map((name) => header.split(',').indexOf(name))
        const agreeing = rows.map((row) => row.split(',')).filter((cells) => cells[species] === cells[cluster])
        expect(agreeing.length / rows.length).toBeGreaterThan(0.9)
      })
    if (included.length > 0)
      it(`every file that docs/guide/${page} shows is there`, () => {
        expect(included.filter((file) => !existsSync(join(guide, file)))).toEqual([])
      })
  }
})

describe('links from page to page, as the repository shows them', () => {
  const made = ['api', 'examples', 'public', '.vitepress']
  const pages = ['docs', 'examples'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .map((name) => join(top, name))
      .filter((name) => name.endsWith('.md') && !made.includes(name.split(sep)[1])),
  )
  it.each(pages)('every link and picture of %s that is a file is there', (page) => {
    const links = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!\w+:|[#/])([^)#]+)[^)]*\)/g)]
    const absent = links.map(([, link]) => link).filter((link) => !existsSync(join(root, dirname(page), link)))
    expect(absent).toEqual([])
  })
})
