import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../packages/cli/src/commands.ts'
import { compiledSom } from './compiled.ts'
import { commandsOf, pagesWithCommands } from './typed/commands.mjs'
import { compiledPlace } from './typed/compiled-place.ts'
import { ELSEWHERE } from './typed/elsewhere.mjs'

const place = await compiledPlace()
const main = await compiledSom()
afterAll(() => rmSync(place.home, { recursive: true, force: true }))

const pages = pagesWithCommands()

// Those that are read first. The guide's commands are typed by docs.test.ts, and every page's, by npm in a checkout, by
// services/typed.services.ts.
describe.skipIf(process.platform === 'win32')('what pages show', () => {
  it.each(['README.md', 'docs/serving.md'])('every command of %s runs as typed', async (page) => {
    expect(await place.typePage(page)).toEqual([])
  })

  it('the two examples of the help of every command run as typed', async () => {
    const helpOf = (name: string) => execFileSync(process.execPath, [main, name, '--help'], { encoding: 'utf8' })
    // A registry is MLflow's, which services/typed.services.ts has.
    const names = Object.keys(COMMANDS).filter((name) => name !== 'registry')
    expect(await place.typeExamples(names, helpOf)).toEqual([])
  })
})

it('every command that is not typed, for a reason, is one that a page shows', () => {
  const shown = pages.flatMap((page) => commandsOf(page).map(({ text }) => text))
  expect(Object.keys(ELSEWHERE).filter((text) => !shown.includes(text))).toEqual([])
})
