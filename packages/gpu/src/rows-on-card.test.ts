import { matrix } from '@som/core'
import { expect, it } from 'vitest'
import type { Card } from './card.ts'
import { RowsOnCard } from './rows-on-card.ts'

/** Keeps what would be copied to a card. */
function copies(binding: number): { card: Card; lengths: number[] } {
  const lengths: number[] = []
  const card = { binding, holding: ({ length }: Float32Array) => lengths.push(length) }
  return { card: card as unknown as Card, lengths } // the two members that rows use
}

it('rows are cut into buffers as long as a binding, and those into parts of limited work, all in order', () => {
  const { card, lengths } = copies(4 * 10 * 200)
  const rows = new RowsOnCard(card, matrix(450, 10))
  const parts = [...rows.parts(2 ** 32 / (10 * 130))].map(({ within, first, rows }) => [within, first, rows])
  expect(parts).toEqual([
    [0, 0, 128],
    [128, 128, 64],
    [0, 192, 128],
    [128, 320, 64],
    [0, 384, 66],
  ])
  expect(lengths).toEqual([1920, 1920, 660])
  for (const { first } of rows.buffers()) expect(first % 192).toBe(0)
  expect(lengths.length).toBe(3)
})

it('however many units there are, a part has a tile of rows', () => {
  const rows = new RowsOnCard(copies(2 ** 20).card, matrix(100, 10))
  expect([...rows.parts(2 ** 30)].map(({ rows }) => rows)).toEqual([64, 36])
})
