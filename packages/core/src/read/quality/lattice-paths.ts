import { distanceFunction } from '../../map/distance.ts'
import { unitCount } from '../../map/lattice.ts'
import { type Neighbours, neighboursOf } from '../../map/neighbours.ts'
import { rowOf } from '../../rows/matrix.ts'
import type { Som } from '../../som.ts'

/**
 * The lattice as a graph. The neighbours of unit k are `to[start[k]]` up to `to[start[k + 1]]`, each with the distance
 * between the two prototypes.
 */
export interface Net {
  readonly start: Int32Array
  readonly to: Int32Array
  readonly length: Float64Array
}

export function netOf(som: Pick<Som, 'lattice' | 'metric' | 'codebook'>, neighbours: Neighbours): Net {
  const distance = distanceFunction(som.metric)
  const around = Array.from({ length: unitCount(som.lattice) }, (_, k) => neighboursOf(som.lattice, k, neighbours))
  const start = new Int32Array(around.length + 1)
  around.forEach((others, k) => {
    start[k + 1] = start[k] + others.length
  })
  const to = Int32Array.from(around.flat())
  const prototypes = around.map((_, k) => rowOf(som.codebook, k))
  const length = Float64Array.from(
    around.flatMap((others, k) => others.map((m) => distance(prototypes[k], prototypes[m]))),
  )
  return { start, to, length }
}

/**
 * Returns a function for the lengths of shortest paths along the graph from one unit to others, in the order of
 * `targets`; infinity if there is no path. E. W. Dijkstra, A note on two problems in connexion with graphs, 1959. The
 * search ends when every target is reached.
 */
export function shortestPaths({ start, to, length }: Net): (from: number, targets: readonly number[]) => number[] {
  const units = start.length - 1
  const best = new Float64Array(units)
  const isDone = new Uint8Array(units)
  const heap = unitHeap(to.length + 1)
  return (from, targets) => {
    best.fill(Number.POSITIVE_INFINITY)
    isDone.fill(0)
    heap.clear()
    best[from] = 0
    heap.push(0, from)
    const wanted = new Set(targets)
    for (let unit = heap.pop(); unit >= 0 && wanted.size > 0; unit = heap.pop()) {
      if (isDone[unit] === 1) continue
      isDone[unit] = 1
      wanted.delete(unit)
      for (let at = start[unit]; at < start[unit + 1]; at++) {
        const through = best[unit] + length[at]
        if (!(through < best[to[at]])) continue
        best[to[at]] = through
        heap.push(through, to[at])
      }
    }
    return targets.map((target) => best[target])
  }
}

/** A binary heap of units by their length so far, the shortest first. */
function unitHeap(most: number) {
  const lengths = new Float64Array(most)
  const units = new Int32Array(most)
  let size = 0
  const put = (at: number, length: number, unit: number): void => {
    lengths[at] = length
    units[at] = unit
  }
  return {
    clear() {
      size = 0
    },
    push(length: number, unit: number) {
      let at = size++
      while (at > 0) {
        const above = (at - 1) >> 1
        if (lengths[above] <= length) break
        put(at, lengths[above], units[above])
        at = above
      }
      put(at, length, unit)
    },
    /** The unit with the shortest length; -1 if the heap is empty. */
    pop(): number {
      if (size === 0) return -1
      const top = units[0]
      const [length, unit] = [lengths[--size], units[size]]
      let at = 0
      for (let below = 1; below < size; below = 2 * at + 1) {
        if (below + 1 < size && lengths[below + 1] < lengths[below]) below++
        if (lengths[below] >= length) break
        put(at, lengths[below], units[below])
        at = below
      }
      put(at, length, unit)
      return top
    },
  }
}
