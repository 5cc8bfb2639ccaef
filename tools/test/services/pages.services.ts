import { rmSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { FIRST_PAGES, pagesWithCommands } from '../typed/commands.mjs'
import { compiledPlace } from '../typed/compiled-place.ts'

const place = await compiledPlace()
afterAll(() => rmSync(place.home, { recursive: true, force: true }))

const others = pagesWithCommands().filter((page) => !FIRST_PAGES.includes(page))

it.skipIf(process.platform === 'win32').each(others)('every command of %s runs as typed', async (page) => {
  expect(await place.typePage(page)).toEqual([])
})
