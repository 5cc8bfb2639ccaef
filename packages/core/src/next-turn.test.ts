import { expect, it } from 'vitest'
import { nextTurn } from './next-turn.ts'

it('events that wait run before the next turn', async () => {
  const { port1, port2 } = new MessageChannel()
  const heard = new Promise<string>((resolve) => {
    port1.onmessage = () => resolve('heard')
  })
  port2.postMessage(null)
  const turns = (async () => {
    for (let i = 0; i < 100; i++) await nextTurn()
    return 'turned'
  })()
  expect(await Promise.race([heard, turns])).toBe('heard')
  port1.close()
  await turns
})
