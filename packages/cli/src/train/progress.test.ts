import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { whileSaying, whileShowing } from './progress.ts'

const { stderr } = process
const { isTTY } = stderr
let written = ''

beforeEach(() => {
  written = ''
  stderr.isTTY = true
  vi.spyOn(stderr, 'write').mockImplementation((text) => {
    written += text
    return true
  })
})

afterEach(() => {
  stderr.isTTY = isTTY
  vi.restoreAllMocks()
})

const lines = (): string[] => written.split('\r\x1b[2K').slice(1)

test('a terminal shows at once what is done, then how much of it and the time left, and nothing stays', async () => {
  const found = await whileShowing('measuring 5 rows', async (show) => {
    show(0.5)
    return 7
  })
  expect(found).toBe(7)
  const [first, second, ...rest] = lines()
  expect(first).toBe('measuring 5 rows')
  expect(second).toMatch(/^measuring 5 rows, 50 %, .+ left$/)
  expect(rest.every((line) => line === '')).toBe(true)
  expect(rest.length).toBeGreaterThan(0)
})

test('the line is cleared when the work fails too', async () => {
  const failing = async (): Promise<never> => {
    throw new Error('no')
  }
  await expect(whileSaying('trying', failing)).rejects.toThrow('no')
  expect(lines()).toEqual(['trying', ''])
})

test('where stderr is not a terminal nothing is written', async () => {
  stderr.isTTY = false
  await whileShowing('measuring', async (show) => show(0.5))
  expect(written).toBe('')
})
