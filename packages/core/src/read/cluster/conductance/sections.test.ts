import { expect, test } from 'vitest'
import { random } from '../../../random.ts'
import { fromUpper, type Graph, subgraph } from './graph.ts'
import { largestOf, type Section, sectionsOf, widestOf } from './sections.ts'
import { cutsAlong, fiedlerOrder } from './sweep.ts'

const all = ({ nodes }: Graph): Uint32Array => Uint32Array.from({ length: nodes }, (_, node) => node)

/** Edges in some of the pairs of nodes, none between the first and the second half. */
function drawn(nodes: number): Graph {
  const draw = random(6, 'sections')
  const upper = new Float64Array(nodes * nodes)
  for (let a = 0; a < nodes; a++)
    for (let b = a + 1; b < nodes; b++)
      if (2 * a < nodes === 2 * b < nodes && draw() < 0.3) upper[a * nodes + b] = draw()
  return fromUpper(upper, nodes)
}

const told = ({ nodes, widest, halves }: Section) => ({ nodes: [...nodes], widest, halves: halves() })

test('the widest cut of a graph in pieces is that of its widest piece, and nodes without an edge are in none', () => {
  const upper = new Float64Array(25)
  upper[1] = 2
  upper[2 * 5 + 3] = 7
  const graph = fromUpper(upper, 5)
  const sections = sectionsOf(graph, new Float64Array(5).fill(1))(all(graph))
  expect(sections.map(told)).toEqual([
    { nodes: [0, 1], widest: 2, halves: null },
    { nodes: [2, 3], widest: 7, halves: null },
  ])
  expect(widestOf(sections)).toBe(7)
})

test('the largest section is the one of most rows', () => {
  const upper = new Float64Array(25)
  upper[1] = 1
  upper[2 * 5 + 3] = 1
  const sizes = Float64Array.of(1, 1, 0.5, 2, 9)
  const graph = fromUpper(upper, 5)
  expect(largestOf(sectionsOf(graph, sizes)(all(graph)), sizes)?.nodes).toEqual(Uint32Array.of(2, 3))
  expect(largestOf([], sizes)).toBe(null)
})

test('a section that was found before is the one that is found without memory', () => {
  const graph = drawn(60)
  const sizes = Float64Array.from({ length: 60 }, (_, node) => 1 + (node % 3) / 2)
  const draw = random(7, 'nodes')
  const asked = Array.from({ length: 40 }, () => all(graph).filter((node) => draw() < 0.9 || node < 20))
  const remembering = sectionsOf(graph, sizes)
  const once = asked.map((nodes) => remembering(nodes).map(told))
  expect(once).toEqual(asked.map((nodes) => sectionsOf(graph, sizes)(nodes).map(told)))
  const objects = new Set(asked.flatMap((nodes) => remembering(nodes)))
  expect(objects.size).toBeLessThan(asked.flatMap((nodes) => sectionsOf(graph, sizes)(nodes)).length)
})

test('what joins the halves of a section is the cut of its sweep where half of the rows are', () => {
  const graph = drawn(40)
  const sizes = Float64Array.from({ length: 40 }, (_, node) => 0.25 + (node % 5))
  for (const section of sectionsOf(graph, sizes)(all(graph))) {
    const part = subgraph(graph, section.nodes)
    const order = fiedlerOrder(part)
    const running = Array.from(order, (_, i) =>
      order.slice(0, i + 1).reduce((sum, at) => sum + sizes[section.nodes[at]], 0),
    )
    const at = running.findIndex((size) => size >= running[order.length - 1] / 2)
    expect(section.halves()?.between).toBe(cutsAlong(part, order)[at])
  }
})
