import { distanceFunction } from '../../map/distance.ts'
import { unitCount } from '../../map/lattice.ts'
import { type Neighbours, neighboursOf } from '../../map/neighbours.ts'
import { rowOf } from '../../rows/matrix.ts'
import type { Som } from '../../som.ts'

/** The lattice as a net: for each unit its neighbours, and how far their prototypes are from its own. */
export interface Net {
  readonly around: readonly (readonly number[])[]
  readonly lengths: readonly (readonly number[])[]
}

export function netOf(som: Pick<Som, 'lattice' | 'metric' | 'codebook'>, neighbours: Neighbours): Net {
  const distance = distanceFunction(som.metric)
  const around = Array.from({ length: unitCount(som.lattice) }, (_, k) => neighboursOf(som.lattice, k, neighbours))
  const lengths = around.map((others, k) => others.map((m) => distance(rowOf(som.codebook, k), rowOf(som.codebook, m))))
  return { around, lengths }
}

/** The length of the shortest path along the net: E. W. Dijkstra, A note on two problems in connexion with graphs, 1959. */
export function shortestPath({ around, lengths }: Net, from: number, to: number): number {
  const best = new Map<number, number>([[from, 0]])
  const done = new Set<number>()
  const heap: [number, number][] = [[0, from]]
  for (let next = pop(heap); next !== undefined; next = pop(heap)) {
    const [length, unit] = next
    if (unit === to) return length
    if (done.has(unit)) continue
    done.add(unit)
    around[unit].forEach((other, at) => {
      const through = length + lengths[unit][at]
      if (done.has(other) || !(through < (best.get(other) ?? Number.POSITIVE_INFINITY))) return
      best.set(other, through)
      push(heap, [through, other])
    })
  }
  return Number.POSITIVE_INFINITY
}

function push(heap: [number, number][], item: [number, number]): void {
  let at = heap.push(item) - 1
  while (at > 0) {
    const above = (at - 1) >> 1
    if (heap[above][0] <= item[0]) break
    heap[at] = heap[above]
    at = above
  }
  heap[at] = item
}

function pop(heap: [number, number][]): [number, number] | undefined {
  const [top] = heap
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return top
  let at = 0
  for (let below = 1; below < heap.length; below = 2 * at + 1) {
    if (below + 1 < heap.length && heap[below + 1][0] < heap[below][0]) below++
    if (heap[below][0] >= last[0]) break
    heap[at] = heap[below]
    at = below
  }
  heap[at] = last
  return top
}
