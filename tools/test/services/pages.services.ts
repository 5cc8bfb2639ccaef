import { rmSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { FIRST_PAGE, pagesWithCommands } from '../typed/commands.mjs'
import { compiledPlace } from '../typed/compiled-place.ts'

const place = await compiledPlace()
afterAll(() => rmSync(place.home, { recursive: true, force: true }))

const others = pagesWithCommands().filter((page) => page !== FIRST_PAGE)

it.skipIf(process.platform === 'win32').each(others)('every command of %s runs as typed', async (page) => {
  expect(await place.typePage(page)).toEqual([])
})
