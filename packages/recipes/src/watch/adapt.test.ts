import { js, partialFit, random, type Som } from '@som/core'
import { expect, it } from 'vitest'
import { LESSON } from './adapt.ts'
import { learnNormal } from './learn-normal.ts'
import { LEVELS } from './levels.ts'
import { openWatcher } from './watcher.ts'

const draw = random(3, 'rows')
const readings = (n: number): Float64Array =>
  Float64Array.from({ length: 2 * n }, () => (draw() < 0.05 ? Number.NaN : draw() + draw()))
const features = ['a', 'b']

it('what it has learnt is, to the bit, what partialFit learns of the normal rows, lesson by lesson', async () => {
  const samples = { features, rows: 400, data: readings(400) }
  const som = (await learnNormal(samples, { lattice: { rows: 4, columns: 4 }, epochs: 3 })).unwrapOrElse(fail)
  const data = readings(1000)
  const watcher = (await openWatcher(som, { adapt: true, alpha: 0.05 })).unwrapOrElse(fail)
  const normal: boolean[] = []
  // One call without a lesson, one with several, and one that ends between two.
  for (const [from, to] of [
    [0, 100],
    [100, 900],
    [900, 1000],
  ] as const) {
    const { level } = await watcher.watch(data.slice(2 * from, 2 * to), to - from)
    normal.push(...Array.from(level, (at) => LEVELS[at] === 'normal'))
  }
  const { adapted } = watcher.snapshot()
  watcher.close()

  let expected: Som = som
  const rowsOf = (from: number, to: number): number[][] =>
    normal.slice(from, to).flatMap((is, i) => (is ? [Array.from(data.slice(2 * (from + i), 2 * (from + i) + 2))] : []))
  const lessons = Math.floor(1000 / LESSON)
  for (let k = 0; k < lessons; k++) {
    const rows = rowsOf(k * LESSON, (k + 1) * LESSON)
    const lesson = { features, rows: rows.length, data: Float64Array.from(rows.flat()) }
    expected = (await partialFit(expected, lesson, {}, { backend: js() })).unwrapOrElse(fail)
  }
  const told = Uint8Array.from(atob(adapted?.codebook ?? ''), (letter) => letter.charCodeAt(0))
  expect(new Float32Array(told.buffer)).toEqual(expected.codebook.data)
  expect(adapted?.streamed).toBe(expected.training.streamed)
  expect(adapted?.pending).toHaveLength(rowsOf(lessons * LESSON, 1000).length)
})

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}
