import { expect, test } from 'vitest'
import { random } from '../../../random.ts'
import { fromUpper, type Graph } from './graph.ts'
import { cutsAlong, leastConductance } from './sweep.ts'

/** Two cliques of six nodes, joined by one weak edge. */
function twoCliques(): Graph {
  const upper = new Float64Array(144)
  for (let a = 0; a < 12; a++) for (let b = a + 1; b < 12; b++) if (a < 6 === b < 6) upper[a * 12 + b] = 1
  upper[2 * 12 + 9] = 0.1
  return fromUpper(upper, 12)
}

test('the least conductance parts what one weak edge joins', () => {
  const sides = leastConductance(twoCliques(), new Float64Array(12).fill(1), 2)
  expect([[...(sides?.one ?? [])], [...(sides?.other ?? [])]].sort((a, b) => a[0] - b[0])).toEqual([
    [0, 1, 2, 3, 4, 5],
    [6, 7, 8, 9, 10, 11],
  ])
})

test('no cut leaves fewer rows than the least on a side', () => {
  expect(leastConductance(twoCliques(), new Float64Array(12).fill(1), 7)).toBe(null)
})

test('cuts along an order are what edges join the nodes before to those after', () => {
  const draw = random(4, 'cuts')
  const upper = Float64Array.from({ length: 100 }, (_, i) => (i % 10 > Math.floor(i / 10) && draw() < 0.5 ? draw() : 0))
  const order = Uint32Array.of(3, 1, 4, 0, 5, 9, 2, 6, 8, 7)
  const plain = Array.from(order, (_, i) => {
    let cut = 0
    for (let a = 0; a < 10; a++)
      for (let b = a + 1; b < 10; b++) if (order.indexOf(a) <= i !== order.indexOf(b) <= i) cut += upper[a * 10 + b]
    return cut
  })
  cutsAlong(fromUpper(upper, 10), order).forEach((cut, i) => {
    expect(cut).toBeCloseTo(plain[i], 12)
  })
})
