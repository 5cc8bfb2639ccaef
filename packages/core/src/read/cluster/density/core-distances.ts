import { type BallTree, leastSquared, SLACK, squaredBelow } from './ball-tree.ts'
import { Nearest } from './nearest.ts'

/**
 * The squared core distance of each point, by its place in the tree: within it there are rows of at least the weight
 * `samples`, its own included; that of the farthest point where there are not as many. `weights` are by places too.
 */
export function coreDistances(tree: BallTree, weights: Float64Array, samples: number): Float64Array {
  const near = new Nearest(weights.length)
  const core = new Float64Array(weights.length)
  const enough = weights.reduce((sum, weight) => sum + weight, 0) >= samples
  for (let place = 0; place < core.length; place++) {
    near.start(weights[place], samples, enough ? boundOf(tree, core, place) : Number.POSITIVE_INFINITY)
    gather(tree, weights, place, near)
    core[place] = near.squared()
  }
  return core
}

/**
 * More than the squared core distance of a point: what is within reach of one of the points before it is at most as
 * much farther as that point is away.
 */
function boundOf({ data, columns }: BallTree, core: Float64Array, place: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let other = Math.max(0, place - LOOKED_AT); other < place; other++) {
    const away = squaredBelow(data, place * columns, data, other * columns, columns, Number.POSITIVE_INFINITY)
    least = Math.min(least, Math.sqrt(away) + Math.sqrt(core[other]))
  }
  return least ** 2 * (1 + SLACK) + Number.MIN_VALUE
}

/** Points before a point that bound its core distance, at most. */
const LOOKED_AT = 48

/** Shows `near` all points that are nearer than its bound, those of near balls first. */
function gather(tree: BallTree, weights: Float64Array, place: number, near: Nearest): void {
  const { data, columns, from, to, leaves } = tree
  const visit = (ball: number): void => {
    if (ball >= leaves) {
      for (let at = from[ball]; at < to[ball]; at++)
        if (at !== place)
          near.see(squaredBelow(data, place * columns, data, at * columns, columns, near.bound), weights[at])
      return
    }
    const [one, other] = [leastSquared(tree, place, 2 * ball + 1), leastSquared(tree, place, 2 * ball + 2)]
    const first = one <= other ? 2 * ball + 1 : 2 * ball + 2
    if (Math.min(one, other) < near.bound) visit(first)
    if (Math.max(one, other) < near.bound) visit(4 * ball + 3 - first)
  }
  visit(0)
}
