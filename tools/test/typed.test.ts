import { expect, it } from 'vitest'
import { commandsOf, pagesWithCommands } from './typed/commands.mjs'
import { ELSEWHERE } from './typed/elsewhere.mjs'

// The first page of the guide is typed by docs.test.ts, all others by services/pages.services.ts; every page and the
// examples of the help of every command are typed in a clone by services/typed.services.ts.
it('every command that is not typed, for a reason, is one that a page shows', () => {
  const shown = pagesWithCommands().flatMap((page) => commandsOf(page).map(({ text }) => text))
  expect(Object.keys(ELSEWHERE).filter((text) => !shown.includes(text))).toEqual([])
})
