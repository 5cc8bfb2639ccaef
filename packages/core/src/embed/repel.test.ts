import { expect, test } from 'vitest'
import { pacer } from '../backend/js/pacer.ts'
import { random } from '../random.ts'
import { quadtree } from './quadtree.ts'
import { repel } from './repel.ts'

const draw = random(1, 'places')

test('each cell of a tree has the mass of the cells within it, down to one place each', () => {
  const places = Float64Array.from({ length: 200 }, () => draw() * 10)
  const tree = quadtree(places, new Float64Array(100).fill(0.01))
  const single = Array.from({ length: tree.count }, (_, cell) => cell).filter((cell) => tree.side[cell] === 0)
  expect(single).toHaveLength(100)
  expect(single.every((cell) => tree.mass[cell] === 0.01 && tree.next[cell] === cell + 1)).toBe(true)
  for (let cell = 0; cell < tree.count; cell++) {
    if (tree.side[cell] === 0) continue
    let [mass, x] = [0, 0]
    for (const one of single.filter((other) => other > cell && other < tree.next[cell])) {
      mass += tree.mass[one]
      x += tree.mass[one] * tree.x[one]
    }
    expect(tree.mass[cell]).toBeCloseTo(mass, 12)
    expect(tree.x[cell]).toBeCloseTo(x / mass, 9)
  }
})

test('equal places are one cell', () => {
  const tree = quadtree(Float64Array.of(1, 2, 1, 2, 5, 5), Float64Array.of(0.25, 0.25, 0.5))
  expect(tree.count).toBe(3)
  expect(Array.from(tree.mass.slice(0, 3))).toEqual([1, 0.5, 0.5])
})

test('of many landmarks the repulsion is near that of all pairs', async () => {
  const count = 2100
  const y = Float64Array.from({ length: 2 * count }, (_, at) => draw() * 20 + (at % 6 < 2 ? 40 : 0))
  const mass = Float64Array.from({ length: count }, () => draw() / count)
  const exact = new Float64Array(2 * count)
  let sum = 0
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      if (i === j) continue
      const [dx, dy] = [y[2 * i] - y[2 * j], y[2 * i + 1] - y[2 * j + 1]]
      const q = 1 / (1 + dx * dx + dy * dy)
      sum += mass[i] * mass[j] * q
      exact[2 * i] += mass[i] * mass[j] * q * q * dx
      exact[2 * i + 1] += mass[i] * mass[j] * q * q * dy
    }
  }
  const found = new Float64Array(2 * count)
  expect(Math.abs((await repel(y, mass, found, pacer({}), 0)) / sum - 1)).toBeLessThan(0.02)
  const size = (values: Float64Array): number => Math.sqrt(values.reduce((all, value) => all + value * value, 0))
  expect(size(found.map((value, at) => value - exact[at])) / size(exact)).toBeLessThan(0.03)
})
