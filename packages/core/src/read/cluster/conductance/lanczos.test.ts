import { describe, expect, test } from 'vitest'
import { symmetricEigen } from '../../../plan/symmetric-eigen.ts'
import { random } from '../../../random.ts'
import { componentsOf, degreesOf, fromUpper, type Graph } from './graph.ts'
import { indicatorsOf } from './lanczos.ts'

/**
 * The bound on |N v - λ v| that ends the method leaves the angle between vectors this small where eigenvalues differ.
 */
const NEAR = 0.05

/** The same from the dense matrix, by Jacobi's rotations: all eigenvectors but the first, over √degree, of length 1. */
function denseIndicators(graph: Graph): { values: Float64Array; vectors: Float64Array[] } {
  const { nodes, offsets, to, weight } = graph
  const roots = degreesOf(graph).map(Math.sqrt)
  const dense = new Float64Array(nodes * nodes)
  for (let a = 0; a < nodes; a++)
    for (let e = offsets[a]; e < offsets[a + 1]; e++) dense[a * nodes + to[e]] = weight[e] / roots[a] / roots[to[e]]
  const { values, vectors } = symmetricEigen(dense, nodes)
  return { values, vectors: vectors.slice(1).map((v) => v.map((x, i) => x / roots[i])) }
}

/** A ring with some chords, so that it is connected. */
function drawn(nodes: number, seed: number): Graph {
  const draw = random(seed, 'graph')
  const upper = new Float64Array(nodes * nodes)
  for (let a = 0; a < nodes; a++)
    for (let b = a + 1; b < nodes; b++)
      if (b === a + 1 || (a === 0 && b === nodes - 1) || draw() < 2 / nodes) upper[a * nodes + b] = 0.2 + draw()
  return fromUpper(upper, nodes)
}

function cosine(x: Float64Array, y: Float64Array): number {
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0)
  return Math.abs(dot(x, y)) / Math.sqrt(dot(x, x) * dot(y, y))
}

describe.each([3, 8, 30, 60])('of a graph of %i nodes', (nodes) => {
  test.each([1, 2, 3])('the sparse and the dense method agree, seed %i', (seed) => {
    const graph = drawn(nodes, seed)
    expect(componentsOf(graph)).toHaveLength(1)
    const dense = denseIndicators(graph)
    const sparse = indicatorsOf(graph, 2)
    sparse.forEach((indicator, i) => {
      // Vectors of nearly equal eigenvalues may be any in their plane.
      const gap = Math.min(dense.values[i] - dense.values[i + 1], dense.values[i + 1] - (dense.values[i + 2] ?? -1))
      if (gap > 0.01) expect(cosine(indicator, dense.vectors[i])).toBeGreaterThan(1 - NEAR)
    })
    expect(sparse).toHaveLength(Math.min(2, nodes - 1))
  })
})

test('the Fiedler vector of a chain runs from one end to the other', () => {
  const nodes = 40
  const upper = new Float64Array(nodes * nodes)
  for (let a = 0; a + 1 < nodes; a++) upper[a * nodes + a + 1] = 1
  const [fiedler] = indicatorsOf(fromUpper(upper, nodes), 1)
  const rising = fiedler[0] < fiedler[nodes - 1] ? fiedler : fiedler.map((x) => -x)
  for (let i = 1; i < nodes; i++) expect(rising[i]).toBeGreaterThan(rising[i - 1])
})

test('two nodes have one indicator, which tells them apart', () => {
  const [indicator, ...more] = indicatorsOf(fromUpper(Float64Array.of(0, 3, 0, 0), 2), 4)
  expect(more).toEqual([])
  expect(Math.sign(indicator[0])).toBe(-Math.sign(indicator[1]))
})
