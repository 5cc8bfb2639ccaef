import { rmSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { commandsOf, pagesWithCommands } from './typed/commands.mjs'
import { compiledPlace } from './typed/compiled-place.ts'
import { ELSEWHERE } from './typed/elsewhere.mjs'

const place = await compiledPlace()
afterAll(() => rmSync(place.home, { recursive: true, force: true }))

const pages = pagesWithCommands()

// The first page of the guide is typed by docs.test.ts, all others by services/pages.services.ts; every page and the
// examples of the help of every command are typed in a clone by services/typed.services.ts.
it.skipIf(process.platform === 'win32')('every command of README.md runs as typed', async () => {
  expect(await place.typePage('README.md')).toEqual([])
})

it('every command that is not typed, for a reason, is one that a page shows', () => {
  const shown = pages.flatMap((page) => commandsOf(page).map(({ text }) => text))
  expect(Object.keys(ELSEWHERE).filter((text) => !shown.includes(text))).toEqual([])
})
