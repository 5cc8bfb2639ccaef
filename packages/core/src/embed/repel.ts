import type { Pacer } from '../backend/js/pacer.ts'
import { type Quadtree, quadtree } from './quadtree.ts'

/** Up to so many landmarks all pairs are summed; beyond, far groups of them count as one. */
const MOST_PAIRWISE = 2000
/** A cell counts as one if its side is less than this share of its distance. */
const SHARE = 0.5

/**
 * Writes m_i Σ_j m_j q_ij² (y_i − y_j) into `into`, q_ij = 1 / (1 + |y_i − y_j|²), and gives Σ m_i m_j q_ij over the
 * pairs of two landmarks. Of many landmarks, far ones are summed in the cells of a tree (J. Barnes, P. Hut 1986).
 */
export async function repel(
  y: Float64Array,
  mass: Float64Array,
  into: Float64Array,
  pace: Pacer,
  share: number,
): Promise<number> {
  const tree = mass.length > MOST_PAIRWISE ? quadtree(y, mass) : null
  into.fill(0)
  let z = 0
  for (let i = 0; i < mass.length; i++) {
    z += tree === null ? repelPairs(i, y, mass, into) : repelByTree(i, y, mass, tree, into)
    if (pace.due(tree === null ? PAIR_WORK * i : TREE_WORK)) await pace.pause(share)
  }
  return tree === null ? 2 * z : z
}

const PAIR_WORK = 8
const TREE_WORK = 2000

/** The repulsion between landmark `i` and those before it, both ways; gives half its part of the sum. */
function repelPairs(i: number, y: Float64Array, mass: Float64Array, into: Float64Array): number {
  const [xi, yi, mi] = [y[2 * i], y[2 * i + 1], mass[i]]
  let [fx, fy, z] = [0, 0, 0]
  for (let j = 0; j < i; j++) {
    const dx = xi - y[2 * j]
    const dy = yi - y[2 * j + 1]
    const q = 1 / (1 + dx * dx + dy * dy)
    const w = mi * mass[j] * q
    z += w
    const wx = w * q * dx
    const wy = w * q * dy
    fx += wx
    fy += wy
    into[2 * j] -= wx
    into[2 * j + 1] -= wy
  }
  into[2 * i] += fx
  into[2 * i + 1] += fy
  return z
}

/** The repulsion on landmark `i`. Its own cell repels it by nothing, but is in the sum. */
function repelByTree(i: number, y: Float64Array, mass: Float64Array, tree: Quadtree, into: Float64Array): number {
  const [xi, yi, mi] = [y[2 * i], y[2 * i + 1], mass[i]]
  let [fx, fy, z] = [0, 0, 0]
  for (let cell = 0; cell < tree.count; ) {
    const dx = xi - tree.x[cell]
    const dy = yi - tree.y[cell]
    const squared = dx * dx + dy * dy
    if (tree.side[cell] > SHARE * SHARE * squared) {
      cell++
      continue
    }
    const q = 1 / (1 + squared)
    const w = tree.mass[cell] * q
    z += w
    fx += w * q * dx
    fy += w * q * dy
    cell = tree.next[cell]
  }
  into[2 * i] = mi * fx
  into[2 * i + 1] = mi * fy
  return mi * (z - mi)
}
