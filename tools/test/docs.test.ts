import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { freePort } from '../lib/free-port.mjs'
import { compiledBlock, compiledSom, projectOf } from './compiled.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const guide = join(root, 'docs', 'guide')
const scratch = await projectOf('cli')
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** What a reader has on PATH: the som command, and an npm that knows the packages and the scripts of this workspace. */
const bin = join(scratch, 'bin')
mkdirSync(bin)
command('som', `exec '${process.execPath}' '${await compiledSom()}' "$@"`)
command(
  'npm',
  `case "$1" in
  install) shift; for name; do [ -d "${root}/packages/\${name#@som/}" ] || exit 1; done ;;
  run) grep -q "\\"$2\\":" "${root}/package.json" ;;
  *) exit 1 ;;
esac`,
)

function command(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bin, name), 0o755)
}

/** What a reader has in the folder. */
const data = [
  ['penguins', 'penguins.csv'],
  ['sensors', 'flow.csv'],
  ['sensors', 'normal.csv'],
  ['segments', 'customers.csv'],
  ['palette', 'coffee.jpg'],
]

/** No MLflow server runs here: runs wait in a folder of this test's own. */
const environment = { SOM_SPOOL: join(scratch, 'spool') }
const NOWHERE = '9'

const port = await freePort()

/** How a block of each language is run; `text` is what a program prints. */
const languages: Record<string, (code: string, folder: string, name: string) => void> = {
  ts: (code, folder, name) => {
    writeFileSync(join(folder, `${name}.mjs`), compiledBlock(code))
    run(folder, process.execPath, [`${name}.mjs`])
  },
  sh: (code, folder) => {
    // Servers end with their block.
    const script = `set -e\ntrap 'status=$?; kill $(jobs -p) 2>/dev/null || true; wait; exit $status' EXIT\n${code}`
    run(folder, 'bash', ['-c', script.replaceAll('8080', String(port)).replaceAll(':5000', `:${NOWHERE}`)])
  },
  text: () => {},
}

function run(folder: string, program: string, args: readonly string[]): void {
  const env = { ...process.env, ...environment, PATH: `${bin}${delimiter}${process.env.PATH}` }
  execFileSync(program, args, { cwd: folder, stdio: 'pipe', env })
}

const hasShell = process.platform !== 'win32'

describe('what the guide shows', () => {
  for (const page of readdirSync(guide)) {
    const folder = join(scratch, page)
    mkdirSync(folder)
    for (const [example, file] of data) copyFileSync(join(root, 'examples', example, file), join(folder, file))
    const text = readFileSync(join(guide, page), 'utf8')
    const blocks = [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, code]) => ({ language, code }))
    blocks.forEach(({ language, code }, i) => {
      it.skipIf(language === 'sh' && !hasShell)(`code block ${i + 1} of docs/guide/${page} runs as it stands`, () => {
        expect(Object.keys(languages)).toContain(language)
        expect(() => languages[language](code, folder, `block-${i}`)).not.toThrow()
      })
    })
    const included = [...text.matchAll(/^<<< ([^{\s]+)/gm)].map(([, file]) => file)
    if (page === 'index.md')
      it.skipIf(!hasShell)('the groups that the first page names are the species of those names', () => {
        const [header, ...rows] = readFileSync(join(folder, 'units.csv'), 'utf8').trimEnd().split('\n')
        const [species, cluster] = ['species', 'cluster'].map((name) => header.split(',').indexOf(name))
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
