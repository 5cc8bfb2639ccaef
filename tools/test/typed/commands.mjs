// The commands that a page shows, as its reader types them.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../lib/process.mjs'

/** Every page with commands to type, as paths from the root. */
export function pagesWithCommands() {
  const inFolder = (folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`)
  const readmes = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`)
  const pages = ['README.md', ...inFolder('docs'), ...inFolder('docs/guide'), ...readmes]
  return pages.filter((page) => commandsOf(page).length > 0)
}

/** The first page of the guide: `npm test` types it, and `npm run test:services` all. */
export const FIRST_PAGE = 'docs/guide/index.md'

/** The commands of a page's `sh` blocks in order, each with the line where it begins. */
export function commandsOf(page) {
  const lines = readFileSync(join(root, page), 'utf8').split('\n')
  const found = []
  let command = null
  let isShell = false
  lines.forEach((line, i) => {
    if (line.startsWith('```')) {
      isShell = line === '```sh'
      return
    }
    if (!isShell || (command === null && line.trim() === '')) return
    command = command === null ? { page, line: i + 1, text: line } : { ...command, text: `${command.text}\n${line}` }
    if (!isComplete(command.text)) return
    found.push(command)
    command = null
  })
  return found
}

/** Whether a shell would run the text, and not wait for another line. */
function isComplete(text) {
  return !text.endsWith('\\') && (!/['"(]/.test(text) || spawnSync('bash', ['-n'], { input: text }).status === 0)
}

/** The command lines with which the help of a command begins. */
export function examplesOf(name, help) {
  const [title, ...rest] = help.split('\n')
  if (title !== 'Examples:') return []
  return rest
    .slice(0, rest.indexOf(''))
    .map((line, i) => ({ page: `som ${name} --help`, line: i + 2, text: line.trim() }))
}
