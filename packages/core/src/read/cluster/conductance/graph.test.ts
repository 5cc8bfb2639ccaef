import { expect, test } from 'vitest'
import { componentsOf, degreesOf, fromUpper, type Graph, subgraph, unitGraph } from './graph.ts'

const edgesOf = ({ nodes, offsets, to, weight }: Graph): [number, number, number][] =>
  Array.from({ length: nodes }, (_, a) =>
    Array.from({ length: offsets[a + 1] - offsets[a] }, (_, e): [number, number, number] => [
      a,
      to[offsets[a] + e],
      weight[offsets[a] + e],
    ]),
  ).flat()

test('a row spreads its weight over the pairs of its nearest units by their shares', () => {
  const graph = unitGraph({ k: 3, unit: Int32Array.of(2, 0, 1) }, 3, [2])
  // Shares 1, 0.8 and 0.6 give pairs of 0.8, 0.6 and 0.48.
  const total = 0.8 + 0.6 + 0.48
  const expected = [
    [0, 1, (2 * 0.48) / total],
    [0, 2, (2 * 0.8) / total],
    [1, 2, (2 * 0.6) / total],
  ]
  for (const [a, b, weight] of expected) {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ])
      expect(edgesOf(graph).find(([x, y]) => x === from && y === to)?.[2]).toBeCloseTo(weight, 12)
  }
  expect(degreesOf(graph).reduce((sum, degree) => sum + degree, 0)).toBeCloseTo(4, 12)
})

test('a row without units joins none', () => {
  expect(edgesOf(unitGraph({ k: 2, unit: Int32Array.of(-1, -1, 0, -1) }, 2, [1, 1]))).toEqual([])
})

test('a part of a graph has the edges among its nodes', () => {
  const square = fromUpper(Float64Array.of(0, 1, 0, 4, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0), 4)
  const byPlace = ([a, b]: number[], [c, d]: number[]): number => a - c || b - d
  expect(edgesOf(subgraph(square, Uint32Array.of(3, 0, 1))).sort(byPlace)).toEqual([
    [0, 1, 4],
    [1, 0, 4],
    [1, 2, 1],
    [2, 1, 1],
  ])
})

test('components are what edges connect', () => {
  const graph = fromUpper(Float64Array.of(0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 4)
  expect(componentsOf(graph).map((nodes) => [...nodes])).toEqual([[0, 2], [1], [3]])
})
