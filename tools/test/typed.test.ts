import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { commandsOf, pagesWithCommands } from './typed/commands.mjs'
import { compiledPlace } from './typed/compiled-place.ts'
import { ELSEWHERE } from './typed/elsewhere.mjs'

const place = await compiledPlace()
afterAll(() => rmSync(place.home, { recursive: true, force: true }))

const pages = pagesWithCommands()

// Those that are read first. The guide's commands are typed by docs.test.ts; every page's and the examples of every
// command's help, by npm in a checkout, by services/typed.services.ts.
describe.skipIf(process.platform === 'win32')('what pages show', () => {
  it.each(['README.md', 'docs/serving.md'])('every command of %s runs as typed', async (page) => {
    expect(await place.typePage(page)).toEqual([])
  })
})

it('every command that is not typed, for a reason, is one that a page shows', () => {
  const shown = pages.flatMap((page) => commandsOf(page).map(({ text }) => text))
  expect(Object.keys(ELSEWHERE).filter((text) => !shown.includes(text))).toEqual([])
})
