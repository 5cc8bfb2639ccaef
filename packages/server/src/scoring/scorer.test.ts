import { js, type Matrix, match, matrix, random, type Som, train } from '@som/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PART_ROWS, Scorer } from './scorer.ts'

const fail = (found: unknown): never => {
  throw new Error(JSON.stringify(found))
}
const draw = random(5, 'rows')
const drawn = (rows: number): Matrix => matrix(rows, 3, Float32Array.from({ length: 3 * rows }, draw))
const many = drawn(2 * PART_ROWS + 100)

let som: Som
let scorer: Scorer
beforeAll(async () => {
  const samples = drawn(100)
  const options = { samples, lattice: { rows: 3, columns: 3 }, epochs: 2, preprocessing: 'none' as const }
  som = (await train(options, { backend: js() })).unwrapOrElse(fail)
  scorer = await Scorer.open(som, js())
})
afterAll(() => scorer.close())

it('rows that are matched part by part have the answers of all at once', async () => {
  const { unit, distance, secondUnit, secondDistance } = (await match(som, many)).unwrapOrElse(fail)
  expect(await scorer.matchReady(many)).toEqual({ unit, distance, secondUnit, secondDistance })
  const near = await scorer.nearest(2, { matrix: many })
  expect(near.unit.filter((_, i) => i % 2 === 0)).toEqual(unit)
  expect(near.unit.filter((_, i) => i % 2 === 1)).toEqual(secondUnit)
})

it('a small request is answered before large ones that were sent earlier', async () => {
  const order: string[] = []
  const ask = async (name: string, rows: Matrix): Promise<void> => {
    await scorer.matchReady(rows)
    order.push(name)
  }
  await Promise.all([ask('large', many), ask('large', many), ask('small', drawn(1))])
  expect(order).toEqual(['small', 'large', 'large'])
})
