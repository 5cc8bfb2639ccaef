import { expect, test } from 'vitest'
import { Line, LineFull } from './line.ts'

/** Work that ends when it is told to. */
function held(): { work: () => Promise<void>; done(): void; begun: boolean } {
  let done = (): void => {}
  const ended = new Promise<void>((resolve) => {
    done = resolve
  })
  const work = {
    begun: false,
    done: () => done(),
    async work() {
      work.begun = true
      await ended
    },
  }
  return work
}

const soon = () => new Promise((resolve) => setImmediate(resolve))

test('turns are given in order, to so many at once', async () => {
  const line = new Line({ atOnce: 2, mostWaiting: 9, mostMs: 1e6 })
  const all = [held(), held(), held(), held()]
  const ended = all.map(({ work }) => line.inTurn(work))
  await soon()
  expect(all.map(({ begun }) => begun)).toEqual([true, true, false, false])
  all[1].done()
  await soon()
  expect(all.map(({ begun }) => begun)).toEqual([true, true, true, false])
  for (const { done } of all) done()
  await Promise.all(ended)
})

test('who leaves has no turn, and those behind move up', async () => {
  const line = new Line({ atOnce: 1, mostWaiting: 2, mostMs: 1e6 })
  const [first, second, third] = [held(), held(), held()]
  const leaving = new AbortController()
  const ended = [line.inTurn(first.work), line.inTurn(second.work, leaving.signal), line.inTurn(third.work)]
  await expect(line.inTurn(held().work)).rejects.toThrow(LineFull)
  leaving.abort(new Error('left'))
  await expect(ended[1]).rejects.toThrow('left')
  first.done()
  await soon()
  expect([second.begun, third.begun]).toEqual([false, true])
  third.done()
  await ended[2]
  await expect(line.inTurn(first.work, leaving.signal)).rejects.toThrow('left')
  // The line is empty again: a turn is there at once.
  await line.inTurn(async () => {})
})

test('who waits too long is turned away, and work that fails gives its turn on', async () => {
  const line = new Line({ atOnce: 1, mostWaiting: 2, mostMs: 5 })
  const first = held()
  const ended = line.inTurn(first.work)
  await expect(line.inTurn(held().work)).rejects.toThrow(LineFull)
  first.done()
  await ended
  await expect(line.inTurn(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  expect(await line.inTurn(async () => 3)).toBe(3)
})
